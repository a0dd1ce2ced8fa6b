import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withPixelFile } from '../../../../src/store/pixelFile/openPixelFile';
import type { PixelRows } from '../../../../src/core/csv/pixelFormat';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { readRows, readRowsAt } from '../../../../src/host/pixelFiles/readRows';
import { buildRowIndex, emptyRowIndex, ROWS_PER_MARK, type RowIndex } from '../../../../src/store/pixelFile/rowIndex';
import { kaggleCsv, pixelCsvs, toBytes } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** The part of `all` that reading `count` rows from `first` on should give. */
function part(all: PixelRows, size: number, first: number, count: number): object {
  const within = (row: number): boolean => row >= first && row < first + count;
  const kept = [...all.rowNumbers.keys()].filter(at => within(all.rowNumbers[at]!));
  return {
    pixels: kept.flatMap(at => [...all.pixels.subarray(at * size, (at + 1) * size)]),
    labels: all.labels && kept.map(at => all.labels![at]),
    rowNumbers: kept.map(at => all.rowNumbers[at]),
    ids: all.ids && kept.map(at => all.ids![at]),
    problems: all.problems.filter(({ row }) => within(row)),
  };
}

function plainly({ pixels, labels, rowNumbers, ids, problems }: PixelRows): object {
  return { pixels: [...pixels], labels: labels && [...labels], rowNumbers: [...rowNumbers], ids, problems };
}

describe('row index', () => {
  it('finds the rows that reading the whole file finds, from any row on and while it is built', async () => {
    // The lines of a made-up file over and over, so that it has several marks.
    const ranges = fc.array(
      fc.record({ first: fc.integer({ min: 1, max: 400 }), count: fc.integer({ min: 1, max: 150 }) }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        pixelCsvs,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5000 }),
        ranges,
        async (csv, times, blockBytes, wanted) => {
          fc.pre(csv.lines.some(line => line.trim() !== ''));
          const lines = Array.from({ length: times }, () => csv.lines).flat();
          const file = await folder.write('train.csv', toBytes({ ...csv, lines }));
          const all = await readPixelFile(file, { maxProblems: Infinity });
          await withPixelFile(file, async opened => {
            let early: RowIndex = emptyRowIndex(opened.format);
            const index = await buildRowIndex(opened, {
              blockBytes,
              onProgress: soFar => {
                if (soFar.share < 0.6) early = structuredClone(soFar);
              },
            });
            expect(index).toMatchObject({ rows: all.rowCount, share: 1 });
            expect(index.offsets).toHaveLength(Math.max(1, Math.ceil(all.rowCount / ROWS_PER_MARK)));
            for (const { first, count } of wanted) {
              const expected = part(all, opened.format.side ** 2, first, count);
              expect(plainly(await readRows(opened, index, first, count))).toEqual(expected);
              expect(plainly(await readRows(opened, early, first, count))).toEqual(expected);
            }
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives the first rows from the first block on', async () => {
    const file = await folder.write(
      'train.csv',
      kaggleCsv(
        2,
        Array.from({ length: 1000 }, (_, row) => `${row},0,0,0,1`),
      ),
    );
    await withPixelFile(file, async opened => {
      const seen: number[] = [];
      const index = await buildRowIndex(opened, { blockBytes: 1000, onProgress: soFar => seen.push(soFar.rows) });
      expect(seen[0]).toBeGreaterThan(50);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(index.rows).toBe(1000);
      expect([...(await readRows(opened, emptyRowIndex(opened.format), 1, 3)).labels!]).toEqual([0, 1, 2]);
      expect((await readRows(opened, index, 1001, 10)).rowNumbers).toHaveLength(0);
    });
  });

  it('has room for rows of the least length, up to the last one', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, ['1,0,0,0,0', '2,0,0,0,0']).trimEnd());
    await withPixelFile(file, async opened => {
      expect([...(await readRows(opened, emptyRowIndex(opened.format), 1, 10)).labels!]).toEqual([1, 2]);
    });
  });

  it('ends at a word', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, new Array<string>(1000).fill('1,0,0,0,1')));
    const controller = new AbortController();
    await withPixelFile(file, async opened => {
      const building = buildRowIndex(opened, {
        blockBytes: 1000,
        signal: controller.signal,
        onProgress: () => controller.abort(),
      });
      await expect(building).rejects.toMatchObject({ code: 'cancelled' });
    });
  });

  it('reads rows from all over a file in the order asked for', async () => {
    const lines = Array.from({ length: 300 }, (_, row) => (row === 99 ? 'x' : `${row + 1},0,0,0,${row % 256}`));
    const file = await folder.write('train.csv', kaggleCsv(2, lines));
    await withPixelFile(file, async opened => {
      const index = await buildRowIndex(opened);
      const page = await readRowsAt(opened, index, [250, 3, 100, 999, 64, 65, 3]);
      expect([...page.rowNumbers]).toEqual([250, 3, 64, 65, 3]);
      expect([...page.labels!]).toEqual([250, 3, 64, 65, 3]);
      expect([...page.pixels]).toEqual([249, 2, 63, 64, 2].flatMap(value => [0, 0, 0, value]));
      expect(page.problems).toMatchObject([{ row: 100, line: 101 }]);
    });
  });

  it('does not send more memory along than the rows take', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, new Array<string>(10).fill('1,0,0,0,1')));
    await withPixelFile(file, async opened => {
      const { pixels } = await readRows(opened, emptyRowIndex(opened.format), 8, 512);
      expect(pixels.buffer.byteLength).toBe(12);
    });
  });
});
