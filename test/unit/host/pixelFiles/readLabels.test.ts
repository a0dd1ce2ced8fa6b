import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNREADABLE } from '../../../../src/core/csv/fileLabels';
import { withPixelFile } from '../../../../src/store/pixelFile/openPixelFile';
import { readLabels } from '../../../../src/host/pixelFiles/readLabels';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { kaggleCsv, pixelCsvs, toBytes } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

describe('the labels of a file', () => {
  it('are those of its rows, wherever the blocks of its text end', async () => {
    await fc.assert(
      fc.asyncProperty(
        pixelCsvs,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 3000 }),
        async (csv, times, blockBytes) => {
          fc.pre(csv.columns.includes('label') && csv.lines.some(line => line.trim() !== ''));
          const file = await folder.write(
            'train.csv',
            toBytes({ ...csv, lines: Array.from({ length: times }, () => csv.lines).flat() }),
          );
          const all = await readPixelFile(file);
          const { labels, counts, unreadable, classes } = await withPixelFile(file, opened =>
            readLabels(opened, all.rowCount, { blockBytes }),
          );

          const expected = new Array<number | undefined>(all.rowCount).fill(undefined);
          all.rowNumbers.forEach((row, at) => (expected[row - 1] = all.labels![at]));
          expect(Array.from(classes, index => (index === UNREADABLE ? undefined : labels[index]))).toEqual(expected);
          expect(unreadable).toBe(all.problemCount);
          expect(labels).toEqual([...new Set(all.labels)].sort((a, b) => a - b));
          expect(counts).toEqual(labels.map(label => all.labels!.filter(each => each === label).length));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('tell how far they were read', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, new Array<string>(500).fill('1,0,0,0,1')));
    const shares: number[] = [];
    await withPixelFile(file, opened =>
      readLabels(opened, 500, { blockBytes: 1000, onProgress: share => shares.push(share) }),
    );
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('take no room for rows that came since they were counted', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, ['3,0,0,0,0', '5,0,0,0,0', '7,0,0,0,0']));
    const { labels, counts, classes } = await withPixelFile(file, opened => readLabels(opened, 2));
    expect([labels, counts, [...classes]]).toEqual([
      [3, 5],
      [1, 1],
      [0, 1],
    ]);
  });

  it('are refused when there are far too many different ones', async () => {
    const file = await folder.write(
      'train.csv',
      kaggleCsv(
        2,
        Array.from({ length: 1001 }, (_, row) => `${row},0,0,0,0`),
      ),
    );
    await expect(withPixelFile(file, opened => readLabels(opened, 1001))).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/^train\.csv has more than 1000 different labels/),
    });
    expect(
      (await withPixelFile(file, opened => readLabels(opened, 1000)).catch((error: unknown) => error)) instanceof Error,
    ).toBe(false);
  });
});
