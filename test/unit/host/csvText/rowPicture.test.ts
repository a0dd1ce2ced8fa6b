import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../../src/core/csv/header';
import { readTextRow } from '../../../../src/host/csvText/readTextRow';
import { rowPicture } from '../../../../src/host/csvText/rowPicture';

const format = (header: string): ReturnType<typeof readHeader> => readHeader(Buffer.from(`${header}\n`), 'train.csv');
const labelled = format('label,pixel0,pixel1,pixel2,pixel3');
const plain = format('pixel0,pixel1,pixel2,pixel3');
const place = { file: 'train.csv', row: 1234, line: 1235 };

describe('a row of a CSV that is open as text', () => {
  it('is read by itself', () => {
    expect(readTextRow('7,0,1,2,255', labelled, place)).toEqual({ pixels: Uint8Array.of(0, 1, 2, 255), label: 7 });
    expect(readTextRow('"7", 0,1.0,2,255', labelled, place)).toEqual({ pixels: Uint8Array.of(0, 1, 2, 255), label: 7 });
    expect(readTextRow('0,1,2,255', plain, place)).toEqual({ pixels: Uint8Array.of(0, 1, 2, 255), label: undefined });
  });

  it('has a picture, its label, and where it stands', () => {
    const { words, image } = rowPicture('7,0,1,2,255', labelled, place)!;
    expect(words).toBe('Label 7, row 1,234 (line 1,235)');
    expect(image!.width).toBe(140);
    // Twice as many pixels, in its header.
    expect(Buffer.from(image!.png).readUInt32BE(16)).toBe(280);
    expect(rowPicture('0,1,2,255', plain, place)!.words).toBe('Row 1,234 (line 1,235)');
  });

  it("that can't be read has its reason", () => {
    expect(rowPicture('7,0,1,2', labelled, place)).toEqual({
      words: expect.stringMatching(/^train\.csv, row 1234 \(line 1235\) has 4 values where the header has 5/),
      image: undefined,
    });
    expect(rowPicture('7,0,1,2,300', labelled, place)!.words).toContain('300');
    expect(rowPicture('7,0,é,2,3', labelled, place)!.words).toContain('"é"');
  });

  it('that is blank has none', () => {
    expect(rowPicture('', labelled, place)).toBeUndefined();
    expect(rowPicture('  \t', labelled, place)).toBeUndefined();
  });

  it('makes a picture that VS Code does not cut off, whatever the image', () => {
    for (const side of [2, 28, 100, 128, 129, 256]) {
      const names = Array.from({ length: side * side }, (_, i) => `pixel${i}`).join(',');
      // As hard to compress as can be.
      let seed = 1;
      const values = Array.from({ length: side * side }, () => (seed = (seed * 48_271) % 2_147_483_647) % 256).join(
        ',',
      );
      const { image } = rowPicture(values, format(names), place)!;
      expect(Buffer.from(image!.png).toString('base64').length).toBeLessThan(99_000);
    }
  });
});
