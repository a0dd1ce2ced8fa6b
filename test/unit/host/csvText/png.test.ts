import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inkPng } from '../../../../src/host/csvText/png';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** The parts of a PNG file; throws where one of them is not as it says. */
function chunks(file: Uint8Array): readonly Chunk[] {
  const bytes = Buffer.from(file);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const found: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length)));
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

/** Width, and the grey values line by line. */
function decode(file: Uint8Array): { readonly width: number; readonly greys: readonly number[] } {
  const [header, data, end, ...more] = chunks(file);
  expect([header!.type, data!.type, end!.type, more.length]).toEqual(['IHDR', 'IDAT', 'IEND', 0]);
  const width = header!.data.readUInt32BE(0);
  expect([...header!.data.subarray(4)]).toEqual([...header!.data.subarray(0, 4), 8, 0, 0, 0, 0]);
  const lines = inflateSync(data!.data);
  expect(lines).toHaveLength(width * (width + 1));
  const greys = Array.from({ length: width }, (_, y) => {
    expect(lines[y * (width + 1)]).toBe(0);
    return [...lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))];
  });
  return { width, greys: greys.flat() };
}

describe('a PNG of ink', () => {
  it('is black where there is full ink and white where there is none', () => {
    expect(decode(inkPng(Uint8Array.of(0, 255, 128, 0), 2, 255, 1))).toEqual({ width: 2, greys: [255, 0, 127, 255] });
    expect(decode(inkPng(Uint8Array.of(0, 16, 8, 200), 2, 16, 1)).greys).toEqual([255, 0, 127, 0]);
  });

  it('holds each pixel as a square of the factor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        (side, factor, stream) => {
          const pixels = Uint8Array.from([...stream.take(side * side)]);
          const { width, greys } = decode(inkPng(pixels, side, 255, factor));
          expect(width).toBe(side * factor);
          greys.forEach((grey, at) => {
            const x = Math.floor((at % width) / factor);
            const y = Math.floor(Math.floor(at / width) / factor);
            expect(grey).toBe(255 - pixels[y * side + x]!);
          });
        },
      ),
    );
  });
});
