// Run folders as a training leaves them, made in a moment: for tests of what is done with runs, not of how they come to be.
import os from 'node:os';
import type { EpochRecord, RunConfig, RunRecord } from '../../src/core/run/runRecord';

/** What a made run is like, where it matters. */
export interface MadeRun {
  readonly id: string;
  readonly config?: Partial<RunConfig>;
  readonly networks?: number;
  readonly keeps?: RunRecord['keeps'];
  readonly status?: RunRecord['status'];
  /** ISO 8601. */
  readonly created: string;
  /** Epochs that ended; all of them where not said. */
  readonly ended?: number;
  /** Of the last epoch. */
  readonly accuracy?: number;
}

/** The files of a run by their names within its folder. It has no network and no predictions. */
export function runFiles({
  id,
  config,
  networks = 1,
  keeps = 'last',
  status = 'done',
  created,
  ended,
  accuracy = 0.99,
}: MadeRun): Readonly<Record<'run.json' | 'history.json' | 'heartbeat', string>> {
  const full: RunConfig = { preset: 'quick', epochs: 6, seed: 2, engine: 'auto', ...config };
  const epochs = ended ?? full.epochs * networks;
  const history = Array.from({ length: epochs }, (_, i): EpochRecord => {
    const left = 0.6 ** ((i % full.epochs) + 1);
    return {
      epoch: i + 1,
      loss: 0.1 + left,
      accuracy: accuracy - 0.02 - left / 5,
      valLoss: 0.05 + left / 2,
      valAccuracy: i === epochs - 1 ? accuracy : accuracy - left / 10,
      learningRate: 0.02 * left,
      trainSeconds: 2,
      seconds: 2.5,
    };
  });
  const run: RunRecord = {
    version: 1,
    id,
    status,
    created,
    config: full,
    data: {
      file: 'train.csv',
      fingerprint: 'made',
      rows: 200,
      side: 28,
      classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      classCounts: new Array<number>(10).fill(20),
      maxPixel: 255,
      warnings: [],
      trainingRows: 180,
      validationRows: 20,
    },
    engine: { name: 'native', library: 'TensorFlow 2.15.1', processes: 2, threads: 1 },
    layers: [{ name: 'conv1', type: 'Conv2D', outputShape: [24, 24, 16], parameters: 416 }],
    networks,
    parameters: 36_000 * networks,
    // One that trains is alive as long as this process is.
    pid: process.pid,
    host: os.hostname(),
    seconds: epochs * 2.5,
    keeps,
    ...(epochs > 0 && { bestEpoch: epochs, valAccuracy: accuracy }),
  };
  return { 'run.json': JSON.stringify(run), 'history.json': JSON.stringify(history), heartbeat: '' };
}

/** The same for all of some runs, by their paths within the folder of the data. */
export function runFolders(...runs: readonly MadeRun[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    runs.flatMap(run =>
      Object.entries(runFiles(run)).map(([name, content]) => [`.digits/runs/${run.id}/${name}`, content]),
    ),
  );
}
