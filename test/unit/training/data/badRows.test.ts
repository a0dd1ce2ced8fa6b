import { describe, expect, it } from 'vitest';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import type { PixelFile } from '../../../../src/core/csv/pixelFile';
import { badRowsError, maySkip, skippedWords } from '../../../../src/training/data/badRows';
import { kaggleCsv } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** A file of so many rows, of which these can't be read. */
async function fileWith(rows: number, bad: readonly number[]): Promise<PixelFile> {
  const all = Array.from({ length: rows }, (_, at) => (bad.includes(at + 1) ? '1,0,0,0,300' : '1,0,0,0,0'));
  return readPixelFile(await folder.write('train.csv', kaggleCsv(2, all)));
}

const first =
  'train.csv, row 7 (line 8) has 300 in column 5, where a whole number from 0 to 255 belongs; fix or delete the row.';

describe("rows that can't be read", () => {
  it.each<[readonly number[], string, string]>([
    [[7], '', "Row 7 of train.csv can't be read and was skipped."],
    [[7, 9], " Row 9 can't be read either.", "Rows 7 and 9 of train.csv can't be read and were skipped."],
    [
      [7, 9, 12, 13],
      " Rows 9, 12 and 13 can't be read either.",
      "Rows 7, 9, 12 and 13 of train.csv can't be read and were skipped.",
    ],
    [
      [7, 9, 12, 13, 20, 30],
      " Rows 9, 12, 13, 20 and 30 can't be read either.",
      "Rows 7, 9, 12, 13, 20 and 1 other of train.csv can't be read and were skipped.",
    ],
    [
      [7, 9, 12, 13, 20, 30, 31, 1032],
      " Rows 9, 12, 13, 20, 30 and 2 others can't be read either.",
      "Rows 7, 9, 12, 13, 20 and 3 others of train.csv can't be read and were skipped.",
    ],
  ])('are listed where training refuses them, and where it has left them out: %j', async (bad, more, skipped) => {
    const file = await fileWith(2000, bad);
    const { code, message, detail, skippableRows } = badRowsError(file, 'train.csv');
    expect({ code, message, skippableRows }).toEqual({
      code: 'bad-row',
      message: first + more,
      skippableRows: bad.length,
    });
    expect(detail!.split('\n')).toHaveLength(bad.length);
    expect(detail!.split('\n').every((reason, at) => reason.startsWith(`train.csv, row ${bad[at]!} `))).toBe(true);
    expect(skippedWords(file, 'train.csv')).toBe(skipped);
  });

  it('are counted where there are more than are kept', async () => {
    const file = await readPixelFile(
      await folder.write(
        'train.csv',
        kaggleCsv(
          2,
          Array.from({ length: 6000 }, (_, at) => (at % 3 === 0 ? 'x' : '1,0,0,0,0')),
        ),
      ),
    );
    expect(badRowsError(file, 'train.csv').skippableRows).toBe(2000);
    expect(badRowsError(file, 'train.csv').message).toMatch(
      / Rows 4, 7, 10, 13, 16 and 1,994 others can't be read either\.$/,
    );
  });

  it('may be half of a file and no more', async () => {
    expect(maySkip(await fileWith(10, [7, 8, 9, 10, 6]))).toBe(true);
    const file = await fileWith(10, [7, 8, 9, 10, 6, 5]);
    expect(maySkip(file)).toBe(false);
    expect(badRowsError(file, 'train.csv')).toMatchObject({
      code: 'bad-row',
      skippableRows: undefined,
      message: expect.stringMatching(
        /^train\.csv, row 5 .* 6 of 10 rows of train\.csv can't be read, too many to skip\.$/,
      ),
    });
  });

  it('are not spoken of where there are none', async () => {
    expect(skippedWords(await fileWith(10, []), 'train.csv')).toBeUndefined();
  });
});
