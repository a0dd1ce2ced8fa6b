import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/store/run/checkpoint';
import { readHistory, readPredictions, readRun, runsFolder } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import { readModel } from '../../src/training/network/modelFile';
import { fitOf } from '../../src/training/data/predictFile';
import { smallDisk, type SmallDisk } from '../fixtures/smallDisk';
import { runDigits } from './runDigits';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

const config: RunConfig = {
  preset: 'quick',
  epochs: 5,
  seed: 3,
  engine: 'portable',
  overrides: { batchSize: 16, processes: 1 },
};
// The portable engine, which is there sooner, for predictions too.
const portable = { DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') };

let data: string;
beforeAll(() => (data = smallData(300, 100)));
afterAll(() => fs.rmSync(data, { recursive: true, force: true }));

/** All files below a folder, the names of those in the making included. */
const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => fs.statSync(path.join(folder, name)).isFile())
    .sort();
const halfWritten = (folder: string): string[] => filesBelow(folder).filter(name => name.endsWith('.tmp'));

/** What a run holds, checked to be of one epoch, whole, and nothing else. */
async function lastEpochOf(runFolder: string): Promise<number> {
  const [run, history, checkpoint] = await Promise.all([
    readRun(runFolder),
    readHistory(runFolder),
    readCheckpoint(runFolder),
  ]);
  const epoch = history.length;
  expect(run.bestEpoch).toBe(epoch);
  expect(checkpoint!.epochs).toBe(epoch);
  expect(filesBelow(path.join(runFolder, 'model'))).toEqual(['model.json', `weights-epoch-${epoch}.bin`]);
  const { weights, weightSpecs } = await readModel(runFolder, fitOf(run));
  const numbers = (weightSpecs as { shape: number[] }[]).reduce(
    (sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  expect(weights.byteLength).toBe(numbers * 4);
  const { labels, probabilities } = (await readPredictions(runFolder, 'validation'))!;
  const right = [...labels!].filter((label, i) => {
    const of = probabilities.subarray(i * 10, i * 10 + 10);
    return of.indexOf(Math.max(...of)) === label;
  });
  expect(right.length / labels!.length).toBeCloseTo(history.at(-1)!.valAccuracy!, 10);
  return epoch;
}

describe('a full disk', () => {
  let disk: SmallDisk | string;
  beforeAll(() => (disk = smallDisk(12 << 20)));
  afterAll(() => typeof disk !== 'string' && disk.remove());

  it('stops a training with a sentence and loses no finished epoch; everything else says so too and leaves what was there', async context => {
    if (typeof disk === 'string') return context.skip(disk);
    const full = disk;
    fs.cpSync(data, full.path, { recursive: true });
    const at = (name: string): string => path.join(full.path, name);
    const runFolder = path.join(runsFolder(full.path), 'full');
    const job = { folder: full.path, trainFile: at('train.csv'), runId: 'full', config };
    // Weights and records of an epoch fit, its checkpoint does not.
    const training = startTraining(
      { epoch: ({ epoch }) => epoch === 2 && full.fill(300_000) },
      { environment: portable },
    );
    const stopped = await training.rpc.call('train', job).then(
      () => undefined,
      (error: Error) => error,
    );
    const epoch = await lastEpochOf(runFolder);
    expect(epoch).toBeGreaterThanOrEqual(2);
    expect(epoch).toBeLessThan(config.epochs);
    expect(stopped).toMatchObject({ code: 'disk-full' });
    expect(stopped!.message).toMatch(
      new RegExp(
        `^The disk is full, so \\S+ could not be written; free some space and try again\\. Resume run full to continue after epoch ${epoch}\\.$`,
      ),
    );
    expect(halfWritten(full.path)).toEqual([]);

    full.free();
    fs.writeFileSync(at('submission.csv'), 'mine');
    full.fill();
    const before = filesBelow(full.path);
    const says = (file: string): object => ({
      code: 'disk-full',
      message: `The disk is full, so ${file} could not be written; free some space and try again.`,
    });
    await expect(
      training.rpc.call('submit', {
        runFolder,
        testFile: at('test.csv'),
        sampleFile: undefined,
        outFile: at('submission.csv'),
      }),
    ).rejects.toMatchObject(says('test.safetensors'));
    // The run is elsewhere, where there is room.
    fs.cpSync(runFolder, path.join(runsFolder(data), 'full'), { recursive: true });
    await expect(
      training.rpc.call('submit', {
        runFolder: path.join(runsFolder(data), 'full'),
        testFile: at('test.csv'),
        sampleFile: undefined,
        outFile: at('submission.csv'),
      }),
    ).rejects.toMatchObject(says('submission.csv'));
    await expect(training.rpc.call('evaluate', { runFolder, file: at('train.csv') })).rejects.toMatchObject({
      code: 'disk-full',
    });
    await expect(training.rpc.call('exportModel', { runFolder, outFolder: at('page') })).rejects.toMatchObject({
      code: 'disk-full',
    });
    await expect(training.rpc.call('train', { ...job, runId: 'another' })).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/free some space and try again\.$/),
    });
    expect(filesBelow(full.path)).toEqual(before);
    expect(fs.existsSync(at('page'))).toBe(false);
    expect(fs.readdirSync(runsFolder(full.path))).toEqual(['full']);
    expect(fs.readFileSync(at('submission.csv'), 'utf8')).toBe('mine');
    training.dispose();

    full.free();
    const others = startTraining({}, { environment: portable });
    await expect(others.rpc.call('train', { ...job, resume: true })).resolves.toMatchObject({ status: 'done' });
    await others.rpc.call('train', { ...job, runId: 'whole' });
    others.dispose();
    const weights = (id: string): Buffer =>
      fs.readFileSync(path.join(runsFolder(full.path), id, 'model', `weights-epoch-${config.epochs}.bin`));
    expect(weights('full').equals(weights('whole'))).toBe(true);
  });

  it('leaves an earlier export as it was where a new one has no room', async context => {
    if (typeof disk === 'string') return context.skip(disk);
    const runFolder = path.join(runsFolder(disk.path), 'whole');
    const outFolder = path.join(disk.path, 'page');
    const contents = (): object =>
      Object.fromEntries(
        filesBelow(outFolder).map(name => [name, fs.readFileSync(path.join(outFolder, name), 'latin1')]),
      );
    const exporting = startTraining();
    await exporting.rpc.call('exportModel', { runFolder, outFolder });
    const before = contents();
    disk.fill();
    await expect(
      exporting.rpc.call('exportModel', { runFolder: path.join(runsFolder(disk.path), 'full'), outFolder }),
    ).rejects.toMatchObject({ code: 'disk-full' });
    expect(contents()).toEqual(before);
    disk.free();
    exporting.dispose();
  });
});

describe('a limit of the size of files', () => {
  it.skipIf(process.platform === 'win32')(
    'stops a training and a submission with a sentence, on the command line too',
    async () => {
      const folder = smallData(300, 100);
      // 16 kB: run.json and no weights.
      const stopped = await runDigits(['train', folder, '--preset', 'quick', '--epochs', '2', '--set', 'processes=1'], {
        cwd: folder,
        env: portable,
        fileLimit: 32,
      });
      expect([stopped.code, stopped.stderr]).toEqual([
        1,
        expect.stringMatching(
          /^weights-epoch-1\.bin would be larger than a file may be here; raise the limit, or choose another disk, and try again\.\n$/,
        ),
      ]);
      const [id] = fs.readdirSync(runsFolder(folder));
      expect(await readRun(path.join(runsFolder(folder), id!))).toMatchObject({
        status: 'failed',
        error: { code: 'write-failed' },
      });
      expect(halfWritten(folder)).toEqual([]);
      fs.rmSync(folder, { recursive: true });
    },
  );
});
