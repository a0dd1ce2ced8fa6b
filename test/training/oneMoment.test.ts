import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/core/run/runRecord';
import { runsFolder } from '../../src/store/run/runFolder';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

let folder: string;
let child: TrainingProcess;
const config: RunConfig = {
  preset: 'quick',
  epochs: 3,
  seed: 1,
  engine: 'portable',
  overrides: { batchSize: 16, processes: 1 },
};
const job = (runId: string, more: Partial<RunConfig> = {}) => ({
  folder,
  trainFile: path.join(folder, 'train.csv'),
  runId,
  config: { ...config, ...more },
});
// Predictions too are made by the portable engine, which is there sooner.
const environment = { DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') };
const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);

beforeAll(async () => {
  folder = smallData(200, 20);
  child = startTraining({}, { environment });
  await child.rpc.call('train', job('trained'));
});
afterAll(() => {
  child.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the record and the weights of a run', () => {
  it('are of one epoch where the process died between the two', async () => {
    fs.cpSync(runFolderOf('trained'), runFolderOf('between'), { recursive: true });
    const record = path.join(runFolderOf('between'), 'run.json');
    const run = JSON.parse(fs.readFileSync(record, 'utf8')) as Record<string, unknown>;
    fs.writeFileSync(record, JSON.stringify({ ...run, status: 'failed', bestEpoch: 2, valAccuracy: 0.123 }));
    const evaluation = await child.rpc.call('evaluate', {
      runFolder: runFolderOf('between'),
      file: path.join(folder, 'train.csv'),
    });
    expect(evaluation.epoch).toBe(3);
    const page = path.join(folder, 'between');
    await child.rpc.call('exportModel', { runFolder: runFolderOf('between'), outFolder: page });
    const { valAccuracy } = JSON.parse(fs.readFileSync(path.join(page, 'digits.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(valAccuracy).toBe(run['valAccuracy']);
  });

  it('are of one epoch also while it trains', async () => {
    const runFolder = runFolderOf('moment');
    /** The validation accuracy of each epoch, by the hash of its weights. */
    const accuracies = new Map<string, number>();
    const trains = startTraining({
      epoch: ({ epoch, valAccuracy }) => {
        const weights = fs.readFileSync(path.join(runFolder, 'model', `weights-epoch-${epoch}.bin`));
        accuracies.set(createHash('sha256').update(weights).digest('hex').slice(0, 8), valAccuracy!);
      },
    });
    let ended = false;
    const training = trains.rpc.call('train', job('moment', { epochs: 25 })).finally(() => (ended = true));
    while (accuracies.size === 0) await new Promise(resolve => setTimeout(resolve, 10));
    const exported: (readonly [hash: string, accuracy: number])[] = [];
    while (!ended) {
      const page = path.join(folder, `moment-${exported.length}`);
      await child.rpc.call('exportModel', { runFolder, outFolder: page });
      const { valAccuracy } = JSON.parse(fs.readFileSync(path.join(page, 'digits.json'), 'utf8')) as {
        valAccuracy: number;
      };
      const [weights] = fs.readdirSync(page).filter(name => name.startsWith('weights-'));
      exported.push([weights!.slice('weights-'.length, -'.bin'.length), valAccuracy]);
      fs.rmSync(page, { recursive: true });
    }
    await training;
    trains.dispose();
    expect(exported.length).toBeGreaterThan(3);
    for (const [hash, accuracy] of exported) expect(accuracies.get(hash)).toBe(accuracy);
  });
});

describe('a run that is deleted while its network predicts', () => {
  it('is named, and nothing of it comes back', async () => {
    const runFolder = runFolderOf('deleted');
    fs.cpSync(runFolderOf('trained'), runFolder, { recursive: true });
    const deletes = startTraining(
      {
        progress: ({ phase }) => {
          if (phase === 'predicting') fs.rmSync(runFolder, { recursive: true, force: true });
        },
      },
      { environment },
    );
    await expect(
      deletes.rpc.call('evaluate', { runFolder, file: path.join(folder, 'train.csv') }),
    ).rejects.toMatchObject({
      code: 'no-run',
      message: 'Run deleted was deleted or renamed meanwhile; choose another run.',
    });
    expect(fs.existsSync(runFolder)).toBe(false);
    deletes.dispose();
  });
});
