import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of the image header: bits a sample, and the type of a grey image. */
const BITS = 8;
const GREY = 0;

/**
 * A square image of ink as a PNG file (www.w3.org/TR/png-3): 0 is white paper, `fullInk` and more is black, and each pixel
 * a square of `factor`. `pixels`: side*side bytes.
 */
export function inkPng(pixels: Uint8Array, side: number, fullInk: number, factor: number): Uint8Array {
  const width = side * factor;
  // Before each line stands its filter: 0, none.
  const lines = new Uint8Array(width * (width + 1));
  for (let y = 0; y < side; y++) {
    const start = y * factor * (width + 1);
    for (let x = 0; x < side; x++) {
      const ink = Math.min(255, Math.round((pixels[y * side + x]! * 255) / fullInk));
      lines.fill(255 - ink, start + 1 + x * factor, start + 1 + (x + 1) * factor);
    }
    for (let copy = 1; copy < factor; copy++) lines.copyWithin(start + copy * (width + 1), start, start + width + 1);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, width);
  header.set([BITS, GREY], 8);
  return Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A part of the file: the length of its data, its type, the data, and the check over the last two. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
