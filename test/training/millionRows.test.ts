import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeManyRows } from '../../scripts/lib/manyRows.mjs';
import { isFullRun } from '../fullRun';
import { stressCount } from '../stressCount';
import { measured, unmeasurable, type Measured } from './measured';
import { smallData } from './smallData';

// What a file of many rows takes: memory for its pixels, a byte each, and none for its text, which is more than twice as
// much. Each command runs on few rows and on many; the difference is what the rows take.

const few = 10_000;
const many = stressCount(250_000, 1_000_000);
const wholeEpoch = stressCount(0, 1) === 1;
/** Bytes of the pixels that there are more of. */
const morePixels = (many - few) * 784;
/** What may lie about in a process until it is collected, however many rows there are. */
const garbage = 40 * 2 ** 20;
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;

const dist = path.resolve(import.meta.dirname, '../../dist');
let folder: string;
let threads: string;
const dataOf = (rows: number): string => path.join(folder, String(rows));
const fileOf = (rows: number, name: string): string => path.join(dataOf(rows), name);

beforeAll(async () => {
  if (!isFullRun) return;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-many-'));
  const source = smallData(stressCount(2000, 42_000), stressCount(1000, 18_000));
  for (const rows of [few, many]) {
    fs.mkdirSync(dataOf(rows));
    for (const name of ['train.csv', 'test.csv'])
      await writeManyRows(path.join(source, name), fileOf(rows, name), rows);
  }
  fs.rmSync(source, { recursive: true });
  threads = path.join(folder, 'useThread.cjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../fixtures/useThread.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: threads,
    logLevel: 'silent',
  });
}, 10 * 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const digits = (...args: readonly string[]): Promise<Measured> =>
  measured([path.join(dist, 'cli.js'), ...args, '--json']);
const useThread = (what: 'preview' | 'data', ...files: readonly string[]): Promise<Measured> =>
  measured([threads, what, path.join(dist, what === 'data' ? 'dataFactsWorker.js' : 'pixelFileWorker.js'), ...files]);
const lastOf = ({ output }: Measured): Record<string, unknown> =>
  JSON.parse(output.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;

/** The peaks of all processes differ by so many times the bytes of the pixels at most, and the work grows as the rows do. */
function expectBounded(what: string, small: Measured, large: Measured, times: number): void {
  const peak = ({ peaks }: Measured): number => peaks.reduce((sum, bytes) => sum + bytes, 0);
  const more = peak(large) - peak(small);
  console.log(
    `stress: ${what}, ${many.toLocaleString('en')} rows: ${large.seconds.toFixed(1)} s, ${large.cpuSeconds.toFixed(1)} s of the processor (${few.toLocaleString('en')} rows: ${small.cpuSeconds.toFixed(1)}), peaks ${large.peaks.map(megabytes).join(' + ')}, ${megabytes(more)} above ${few.toLocaleString('en')} rows for ${megabytes(morePixels)} of pixels a file`,
  );
  expect(more).toBeLessThan(times * morePixels + garbage * large.peaks.length);
  expect(large.cpuSeconds).toBeLessThan((1.5 * small.cpuSeconds * many) / few);
}

describe.skipIf(unmeasurable !== undefined || !isFullRun)('a file of many rows', { timeout: 60 * 60_000 }, () => {
  it('is inspected without its images in memory', async () => {
    const [small, large] = [await digits('inspect', dataOf(few)), await digits('inspect', dataOf(many))];
    expect(lastOf(large)).toMatchObject({
      event: 'done',
      files: [
        { rows: many, classes: 10, problemCount: 0 },
        { rows: many, problemCount: 0 },
      ],
    });
    // Label and row number: 8 bytes beside 784.
    expectBounded('inspect', small, large, 0.05);
  });

  it('is previewed to its last row, and filtered, without its images in memory', async () => {
    const [small, large] = [
      await useThread('preview', fileOf(few, 'train.csv')),
      await useThread('preview', fileOf(many, 'train.csv')),
    ];
    expect(lastOf(large)).toMatchObject({ rows: many, last: many, labelled: many });
    expectBounded('preview', small, large, 0.05);
  });

  it('is looked through for the data page with its images in memory once', async () => {
    const files = (rows: number): string[] => [fileOf(rows, 'train.csv'), fileOf(rows, 'test.csv')];
    const [small, large] = [await useThread('data', ...files(few)), await useThread('data', ...files(many))];
    expect(lastOf(large)).toMatchObject({ rows: [many, many], problems: [], means: 7840 });
    // Both files at once, for an image may be in both; hashes and links are 28 bytes per image.
    expectBounded('data page', small, large, 2.1);
  });

  it('is trained on with its images in memory twice for a moment, and once while it trains', async () => {
    const [small, large] = [await train(few), await train(many)];
    for (const { output } of [small, large]) expect(output).toContain('"phase":"training"');
    expect(lastOf(large)).toMatchObject(wholeEpoch ? { event: 'done' } : { event: 'error', code: 'cancelled' });
    // Read by one process, handed to those that compute, which let go of what crossed a little later.
    expectBounded('train', small, large, 2.5);
    const kept = large.last[1]! - small.last[1]!;
    console.log(
      `stress: train, the process that read keeps ${megabytes(kept)} of ${megabytes(morePixels)}, its validation set among them`,
    );
    expect(kept).toBeLessThan(0.3 * morePixels + garbage / 2);
  });

  it('is predicted with its images in memory once, and its submission written as it is made', async () => {
    expect(
      lastOf(
        await digits(
          'train',
          dataOf(few),
          '--preset',
          'quick',
          '--limit',
          '1000',
          '--epochs',
          '1',
          '--set',
          'width=0.25',
        ),
      ),
    ).toMatchObject({ event: 'done' });
    fs.cpSync(path.join(dataOf(few), '.digits'), path.join(dataOf(many), '.digits'), { recursive: true, force: true });
    const [small, large] = [await digits('submit', dataOf(few)), await digits('submit', dataOf(many))];
    expect(lastOf(large)).toMatchObject({ event: 'done', rows: many });
    const submission = fs.readFileSync(fileOf(many, 'submission.csv'), 'latin1');
    expect(submission.length).toBeGreaterThan(7 * many);
    expect(submission.slice(-20)).toMatch(new RegExp(`\\n${many},\\d\\n$`));
    expectBounded('submit', small, large, 1.4);
  });
});

/** One epoch; usually only the first moments of it: all that it reads is in memory by then, and what only crossed is let go of. */
function train(rows: number): Promise<Measured> {
  let stopping: NodeJS.Timeout | undefined;
  return measured(
    [path.join(dist, 'cli.js'), 'train', dataOf(rows), '--preset', 'quick', '--json'],
    (output, interrupt) => {
      if (!wholeEpoch && output.includes('"phase":"training"')) stopping ??= setTimeout(interrupt, 1500);
    },
  );
}
