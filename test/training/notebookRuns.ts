import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { EpochRecord, RunConfig, RunRecord } from '../../src/core/run/runRecord';
import { runsFolder } from '../../src/store/run/runFolder';
import type { Progress, TrainingEvents } from '../../src/protocol/training';
import { TrainingProcess } from '../../src/processes/trainingProcess';
import { smallData } from './smallData';

// Set-up of the tests of the training process: its hooks are those of the file that imports it.

/** The bundle of the training process. */
export const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');

/** The notebook's network, narrower. */
const config: RunConfig = {
  preset: 'notebook',
  epochs: 2,
  seed: 2,
  engine: 'auto',
  overrides: { width: 0.25, batchSize: 32 },
};
const trainRows = 300;

/** The data of a test file: each has its own. */
export let folder: string;
let child: TrainingProcess | undefined;
beforeAll(() => (folder = smallData(trainRows, 100)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.dispose());

/** What to train on the data. */
export const job = (runId: string, changes: Partial<RunConfig> = {}, data = folder) => ({
  folder: data,
  trainFile: path.join(data, 'train.csv'),
  runId,
  config: { ...config, ...changes },
});
export const runFolderOf = (runId: string, data = folder) => path.join(runsFolder(data), runId);

/** Rows of the training file as a test file of their own. */
export function asTestFile(rows: Uint32Array, name: string): string {
  const lines = fs.readFileSync(path.join(folder, 'train.csv'), 'utf8').split('\n');
  const pixels = (line: string): string => line.slice(line.indexOf(',') + 1);
  const testFile = path.join(folder, `${name}.csv`);
  fs.writeFileSync(testFile, `${[lines[0]!, ...[...rows].map(row => lines[row]!)].map(pixels).join('\n')}\n`);
  return testFile;
}

/** What a training process has told. */
interface Heard {
  readonly progress: Progress[];
  readonly epochs: EpochRecord[];
  readonly started: RunRecord[];
}

/** A training process of the built bundle that is listened to. It ends with its test. */
export function start(
  options: {
    readonly environment?: Record<string, string>;
    readonly node?: string;
    readonly on?: Partial<TrainingEvents>;
  } = {},
) {
  const heard: Heard = { progress: [], epochs: [], started: [] };
  child = new TrainingProcess(
    bundle,
    {
      progress: progress => {
        heard.progress.push(progress);
        options.on?.progress?.(progress);
      },
      started: run => void heard.started.push(run),
      epoch: epoch => {
        heard.epochs.push(epoch);
        options.on?.epoch?.(epoch);
      },
    },
    { environment: options.environment ?? {}, ...(options.node !== undefined && { node: options.node }) },
  );
  return { process: child, heard };
}
