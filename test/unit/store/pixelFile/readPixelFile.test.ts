import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import type { PixelFile } from '../../../../src/core/csv/pixelFile';
import { kaggleCsv, pixelCsvs, readWithPapaparse, toBytes } from '../../support/pixelCsv';
import { stressCount } from '../../../stressCount';
import { readBytes } from '../../support/readAllWays';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
afterEach(() => {
  vi.restoreAllMocks();
});

/** The images of a file, one object each. */
function imagesOf(file: PixelFile): readonly object[] {
  const size = file.format.side ** 2;
  return Array.from(file.rowNumbers, (row, at) => ({
    row,
    label: file.labels?.[at] ?? 0,
    id: file.ids?.[at] ?? '',
    pixels: [...file.pixels.subarray(at * size, (at + 1) * size)],
  }));
}

describe('readPixelFile', () => {
  it('reads what papaparse reads, wherever blocks begin', async () => {
    await fc.assert(
      fc.asyncProperty(pixelCsvs, fc.integer({ min: 1, max: 200 }), async (csv, blockBytes) => {
        const expected = readWithPapaparse(csv).map(({ line, row }, at) => ({ line, row, number: at + 1 }));
        fc.pre(expected.length > 0);
        const written = await folder.write('train.csv', toBytes(csv));
        const file = await readPixelFile(written, { blockBytes });
        expect(await readPixelFile(written, { blockBytes, keepPixels: false })).toEqual({
          ...file,
          pixels: new Uint8Array(),
        });
        expect(imagesOf(file)).toEqual(expected.flatMap(({ row, number }) => (row ? [{ row: number, ...row }] : [])));
        expect(file.problems.map(({ row, line }) => ({ row, line }))).toEqual(
          expected.flatMap(({ row, line, number }) => (row ? [] : [{ row: number, line }])),
        );
        expect(file.rowCount).toBe(expected.length);
        expect(file.maxPixel).toBe(Math.max(0, ...file.pixels));
      }),
      { numRuns: stressCount(150, 2000) },
    );
  });

  it('leaves plain rows to the byte loop and gives only the others to papaparse', async () => {
    const parse = vi.spyOn(Papa, 'parse');
    const rows = ['5,0,0,0,255', '1,0,0,0,0', '9,12,255,7,100'];
    await readPixelFile(await folder.write('train.csv', kaggleCsv(2, rows)));
    expect(parse).toHaveBeenCalledTimes(1); // the header
    await readPixelFile(await folder.write('train.csv', kaggleCsv(2, [...rows, '1, 0,0,0,0'])));
    expect(parse).toHaveBeenCalledTimes(3);
    await readPixelFile(await folder.write('test.csv', 'id,pixel0,pixel1,pixel2,pixel3\nimage-7.png,0,0,0,1\n'));
    expect(parse).toHaveBeenCalledTimes(4);
  });

  it('takes line breaks of all kinds within one file', async () => {
    const file = await readPixelFile(
      await folder.write(
        'train.csv',
        'label,pixel0,pixel1,pixel2,pixel3\r1,0,0,0,1\r\n2,0,0,0,2\n\r\n3,0,0,0,3\r4,0,0,0,4,4',
      ),
    );
    expect([...file.labels!]).toEqual([1, 2, 3]);
    expect(file.problems).toMatchObject([{ row: 4, line: 6 }]);
  });

  it.each([
    ['5,0,0,0', 'columns', 'has 4 values where the header has 5; fix or delete the row.'],
    ['5', 'columns', 'has 1 value where the header has 5; fix or delete the row.'],
    ['5,0,0,0,0,0', 'columns', 'has 6 values where the header has 5; fix or delete the row.'],
    ['five,0,0,0,0', 'label', 'has the label "five", which is no whole number; fix or delete the row.'],
    ['5.5,0,0,0,0', 'label', 'has the label 5.5, which is no whole number; fix or delete the row.'],
    ['4294967296,0,0,0,0', 'label', 'has the label 4294967296, and labels end at 2147483647; fix or delete the row.'],
    [',0,0,0,0', 'missing', 'has no label; fill it in or delete the row.'],
    ['5,0,,0,0', 'missing', 'has no value in column 3; fill it in or delete the row.'],
    ['5,0,0,0,NaN', 'missing', 'has no value in column 5; fill it in or delete the row.'],
    ['5,300,0,0,0', 'pixel', 'has 300 in column 2, where a whole number from 0 to 255 belongs; fix or delete the row.'],
    ['5,0,0,0,256', 'pixel', 'has 256 in column 5, where a whole number from 0 to 255 belongs; fix or delete the row.'],
    ['5,0,0,-1,0', 'pixel', 'has -1 in column 4, where a whole number from 0 to 255 belongs; fix or delete the row.'],
    [
      '5,0,0,.5,0',
      'pixel',
      'has .5 in column 4, where a whole number from 0 to 255 belongs; multiply the pixels by 255 if they were divided by it.',
    ],
    [
      '5,0,0,0x10,0',
      'pixel',
      'has "0x10" in column 4, where a whole number from 0 to 255 belongs; fix or delete the row.',
    ],
    ['5,0,"0,0,0', 'quotes', "has quotation marks that don't match; fix or delete the row."],
  ])('says what is wrong with the row %s', async (row, kind, message) => {
    const file = await readPixelFile(
      await folder.write('train.csv', kaggleCsv(2, ['1,0,0,0,0', '', row, '2,0,0,0,9'])),
    );
    expect(file.problems).toEqual([{ kind, row: 2, line: 4, message: `train.csv, row 2 (line 4) ${message}` }]);
    expect(file.problemCounts).toEqual({ columns: 0, missing: 0, label: 0, pixel: 0, quotes: 0, text: 0, [kind]: 1 });
    expect([...file.labels!]).toEqual([1, 2]);
    expect([...file.rowNumbers]).toEqual([1, 3]);
    expect([...file.pixels]).toEqual([0, 0, 0, 0, 0, 0, 0, 9]);
  });

  it.each([' 5,12 ,"0",0.0,+3', '5.0,1.2e1,000,-0,3.', '"5","12","0","0","3"'])(
    'reads the row %s as 5 with pixels 12, 0, 0, 3',
    async row => {
      const file = await readPixelFile(await folder.write('train.csv', kaggleCsv(2, [row])));
      expect(imagesOf(file)).toEqual([{ row: 1, label: 5, id: '', pixels: [12, 0, 0, 3] }]);
    },
  );

  it('keeps ids of any text, and passes over the index of pandas', async () => {
    const file = await readPixelFile(
      await folder.write(
        'test.csv',
        ',id,pixel0,pixel1,pixel2,pixel3\n0,007,0,0,0,1\n1,"a,b",0,0,0,2\n2,ü1,0,0,0,3\n3,"c",0,0,0,4\n4,,0,0,0,5\n',
      ),
    );
    expect(file.ids).toEqual(['007', 'a,b', 'ü1', 'c']);
    expect([...file.pixels].filter(value => value > 0)).toEqual([1, 2, 3, 4]);
    expect(file.labels).toBeUndefined();
    expect(file.problems).toMatchObject([{ kind: 'missing', row: 5 }]);
  });

  it('counts all problems and keeps the first ones', async () => {
    const file = await readPixelFile(
      await folder.write('train.csv', kaggleCsv(2, new Array<string>(50).fill('x,0,0,0,0'))),
      { maxProblems: 3 },
    );
    expect(file.problems.map(({ row }) => row)).toEqual([1, 2, 3]);
    expect(file.problemCount).toBe(50);
    expect(file.problemCounts.label).toBe(50);
    expect(file.pixels).toHaveLength(0);
  });

  it('stops after as many rows as were asked for', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, ['1,0,0,0,1', 'x', '3,0,0,0,3', '4,0,0,0,4']));
    const read = await readPixelFile(file, { limit: 3 });
    expect([...read.labels!]).toEqual([1, 3]);
    expect(read.rowCount).toBe(3);
    expect((await readPixelFile(file, { limit: 100 })).rowCount).toBe(4);
    const shares: number[] = [];
    await readPixelFile(file, { limit: 1, blockBytes: 10, onProgress: share => shares.push(share) });
    expect(shares.at(-1)).toBeLessThan(0.9);
  });

  it('takes a header of any length up to a megabyte', async () => {
    const names = Array.from({ length: 128 * 128 }, (_, at) => `pixel${at}`).join(',');
    const file = await readPixelFile(await folder.write('test.csv', `${names}\n${'0,'.repeat(128 * 128 - 1)}7\n`));
    expect(file).toMatchObject({ rowCount: 1, problemCount: 0, maxPixel: 7, format: { side: 128 } });
    // A line break in two halves, where the first look at the file ends.
    const header = 'label,pixel0,pixel1,pixel2,pixel3'.padEnd(65_535, ' ');
    expect((await readPixelFile(await folder.write('train.csv', `${header}\r\nx\r\n`))).problems).toMatchObject([
      { row: 1, line: 2 },
    ]);
  });

  it('tells its progress and ends at a word', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, new Array<string>(1000).fill('1,0,0,0,1')));
    const shares: number[] = [];
    await readPixelFile(file, { blockBytes: 1000, onProgress: share => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeGreaterThan(5);

    const controller = new AbortController();
    let calls = 0;
    const reading = readPixelFile(file, {
      blockBytes: 1000,
      signal: controller.signal,
      onProgress: () => {
        if (++calls === 3) controller.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(calls).toBe(3);
  });

  it('does not take a file that changes meanwhile', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, new Array<string>(1000).fill('1,0,0,0,1')));
    let changed = false;
    const reading = readPixelFile(file, {
      blockBytes: 1000,
      onProgress: () => {
        if (!changed) appendFileSync(file, '1,0,0,0,1\n');
        changed = true;
      },
    });
    await expect(reading).rejects.toMatchObject({
      code: 'mismatch',
      message: 'train.csv changed while it was read; wait until it is written, then try again.',
    });
  });

  it('gives up on a line of the same length wherever blocks end', async () => {
    const longest = 2 ** 20;
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      for (const length of [longest, longest + 1]) {
        const text = `label,pixel0,pixel1,pixel2,pixel3\n${'x'.repeat(length)}${lineBreak}1,0,0,0,0\n`;
        for (const blockBytes of [999_983, longest, longest + 1, longest + 2, 3 * longest]) {
          const expected =
            length > longest ? { code: 'bad-row' } : { rows: 2, problems: [{ row: 1 }], images: [{ row: 2 }] };
          expect(await readBytes(Buffer.from(text), blockBytes)).toMatchObject(expected);
        }
      }
    }
  });

  it("says what can't be read at all", async () => {
    await expect(readPixelFile(`${folder.path}/none.csv`)).rejects.toMatchObject({
      code: 'read-failed',
      message: 'There is no file none.csv; check its name and folder.',
    });
    await expect(readPixelFile(folder.path)).rejects.toMatchObject({ code: 'read-failed' });
    await expect(readPixelFile(await folder.write('train.csv', ''))).rejects.toMatchObject({ code: 'empty-file' });
    await expect(readPixelFile(await folder.write('train.csv', kaggleCsv(2, [])))).rejects.toMatchObject({
      code: 'empty-file',
    });
    await expect(readPixelFile(await folder.write('train.csv', kaggleCsv(2, ['', ' '])))).rejects.toMatchObject({
      code: 'empty-file',
    });
    const endless = await folder.write(
      'train.csv',
      kaggleCsv(2, ['1,0,0,0,0', `1,${'0'.repeat(1_100_000)}`, '2,0,0,0,0']),
    );
    for (const blockBytes of [50_000, 1_000_000, undefined]) {
      await expect(readPixelFile(endless, { blockBytes })).rejects.toMatchObject({
        code: 'bad-row',
        message: 'train.csv, row 2 (line 3) is far too long for 5 values; delete it, or download the file again.',
      });
    }
  });
});
