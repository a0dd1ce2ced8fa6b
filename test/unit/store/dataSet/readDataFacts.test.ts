import fc from 'fast-check';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../../../src/core/data/dataFacts';
import { readDataFacts } from '../../../../src/store/dataSet/readDataFacts';
import type { FactsProgress } from '../../../../src/core/data/dataFacts';
import { kaggleCsv, pixelCsvs, readWithPapaparse, toBytes } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const train = (content: string | Uint8Array, name = 'train.csv') =>
  folder.write(name, content).then(file => ({ role: 'train' as const, path: file }));
const test = (content: string | Uint8Array, name = 'test.csv') =>
  folder.write(name, content).then(file => ({ role: 'test' as const, path: file }));
const header = 'pixel0,pixel1,pixel2,pixel3';

describe('readDataFacts', () => {
  it('counts rows, labels and problems, and takes means, as papaparse and plain sums do', async () => {
    await fc.assert(
      fc.asyncProperty(pixelCsvs, async csv => {
        const rows = readWithPapaparse(csv);
        fc.pre(rows.length > 0);
        const { files } = await readDataFacts([await train(toBytes(csv))]);
        const facts = files[0] as FileFacts;
        const readable = rows.flatMap(({ row }) => row ?? []);
        expect(facts).toMatchObject({
          rows: rows.length,
          images: readable.length,
          problemCount: rows.length - readable.length,
          hasLabels: csv.columns.includes('label'),
        });
        expect(facts.problems.map(({ line }) => line)).toEqual(rows.filter(({ row }) => !row).map(({ line }) => line));
        const pixels = readable.flatMap(row => row.pixels);
        expect(facts.pixelRange).toEqual(pixels.length === 0 ? undefined : [Math.min(...pixels), Math.max(...pixels)]);
        const labels = !facts.hasLabels ? [] : [...new Set(readable.map(({ label }) => label))].sort((a, b) => a - b);
        expect(facts.classes).toEqual(labels);
        const ofLabel = labels.map(label => readable.filter(row => row.label === label));
        expect(facts.classCounts).toEqual(ofLabel.map(own => own.length));
        const means = ofLabel.flatMap(own =>
          own[0]!.pixels.map((_, i) => Math.round(own.reduce((sum, row) => sum + row.pixels[i]!, 0) / own.length)),
        );
        expect([...facts.means]).toEqual(means);
      }),
    );
  });

  it('says what is wrong with a file of CRLF lines, bad rows and missing labels, and finds duplicates by their rows in the file', async () => {
    const rows = [
      '4,0,0,0,9',
      '',
      ',0,0,0,1',
      '9,0,0,0,9',
      '5,0,0,300,0',
      '5,,0,nan,0',
      '5,1,2',
      'x,,0,0,0',
      '2,7,7,7,7',
    ];
    const { files, duplicates } = await readDataFacts([
      await train(`label,${header}\r\n${rows.join('\r\n')}\r\n`),
      await test(`${header}\r\n1,1,1,1\r\n7,7,7,7\r\n0,0,0\r\n1,1,1,1\r\n`),
    ]);
    expect(files[0]).toMatchObject({
      role: 'train',
      name: 'train.csv',
      rows: 8,
      images: 3,
      classes: [2, 4, 9],
      classCounts: [1, 1, 1],
      pixelRange: [0, 9],
      fullInk: 16,
      problemCount: 5,
    });
    // Of the row with a wrong label, a value is missing as well.
    expect(files[0]).toMatchObject({ missingRows: 2, missingValues: 4 });
    const { problems } = files[0] as FileFacts;
    expect(problems.map(({ row, line, kind }) => [row, line, kind])).toEqual([
      [2, 4, 'missing'],
      [4, 6, 'pixel'],
      [5, 7, 'missing'],
      [6, 8, 'columns'],
      [7, 9, 'label'],
    ]);
    expect(files[1]).toMatchObject({
      role: 'test',
      rows: 4,
      images: 3,
      hasLabels: false,
      pixelRange: [1, 7],
      missingRows: 0,
      missingValues: 0,
    });
    expect(duplicates.groups.map(({ rows: found }) => found)).toEqual([
      [
        { role: 'train', row: 1, label: 4 },
        { role: 'train', row: 3, label: 9 },
      ],
      [
        { role: 'train', row: 8, label: 2 },
        { role: 'test', row: 2, label: undefined },
      ],
      [
        { role: 'test', row: 1, label: undefined },
        { role: 'test', row: 4, label: undefined },
      ],
    ]);
    expect(duplicates.counts).toMatchObject({
      labels: { groups: 1 },
      across: { groups: 1 },
      train: { groups: 1 },
      test: { groups: 1 },
    });
  });

  it('names labels that are slips, with their rows', async () => {
    const labels = Array.from({ length: 2000 }, (_, at) => (at === 11 ? 70 : at % 10));
    const { files } = await readDataFacts([
      await train(
        kaggleCsv(
          2,
          labels.map((label, at) => `${label},${at % 256},${at >> 8},0,0`),
        ),
      ),
    ]);
    expect((files[0] as FileFacts).rareLabels).toMatchObject([{ label: 70, rows: [12] }]);
  });

  it("keeps the first thousand rows that can't be read, and counts all", async () => {
    const { files } = await readDataFacts([await train(kaggleCsv(2, new Array<string>(1500).fill('x,0,0,0,0')))]);
    const facts = files[0] as FileFacts;
    expect(facts.problems).toHaveLength(1000);
    expect(facts).toMatchObject({ rows: 1500, images: 0, problemCount: 1500, classes: [], pixelRange: undefined });
  });

  it('says what is wrong with one file and tells the facts of the other', async () => {
    const { files, duplicates } = await readDataFacts([
      await train(kaggleCsv(2, [])),
      await test(`${header}\n0,0,0,1\n0,0,0,1\n`),
    ]);
    expect(files).toMatchObject([
      { role: 'train', name: 'train.csv', code: 'empty-file' },
      { role: 'test', rows: 2 },
    ]);
    expect(duplicates.groupCount).toBe(1);
    const gone = await readDataFacts([{ role: 'train', path: path.join(folder.path, 'none.csv') }]);
    expect(gone.files).toMatchObject([
      { code: 'read-failed', message: 'There is no file none.csv; check its name and folder.' },
    ]);
  });

  it('takes no files together whose images have different sizes', async () => {
    const facts = readDataFacts([
      await train(kaggleCsv(2, ['1,0,0,0,0'])),
      await test(`${Array.from({ length: 9 }, (_, at) => `pixel${at}`).join()}\n${'0,'.repeat(8)}0\n`),
    ]);
    await expect(facts).rejects.toMatchObject({ code: 'mismatch' });
  });

  it('tells its progress, which never falls, and ends at a word', async () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `1,${at % 256},0,0,${(at >> 8) % 256}`);
    const files = [await train(kaggleCsv(2, many)), await test(`${header}\n${'0,0,0,1\n'.repeat(100_000)}`)];
    const told: FactsProgress[] = [];
    await readDataFacts(files, { onProgress: progress => told.push(progress) });
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(
      told
        .map(progress => (progress.phase === 'reading' ? progress.file : progress.phase))
        .filter((what, i, all) => what !== all[i - 1]),
    ).toEqual(['train.csv', 'test.csv', 'comparing']);

    const controller = new AbortController();
    const reading = readDataFacts(files, {
      signal: controller.signal,
      onProgress: ({ share }) => share > 0.2 && controller.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('does not mix two states of a file', async () => {
    const file = await train(kaggleCsv(2, new Array<string>(300_000).fill('1,0,0,0,1')), 'growing.csv');
    let changed: Promise<void> | undefined;
    const { files } = await readDataFacts([file], {
      onProgress: ({ share }) => {
        if (share > 0.2) changed ??= appendFile(file.path, '1,0,0,0,1\n');
      },
    });
    await changed;
    expect(files).toMatchObject([
      { code: 'mismatch', message: 'growing.csv changed while it was read; wait until it is written, then try again.' },
    ]);
  });
});
