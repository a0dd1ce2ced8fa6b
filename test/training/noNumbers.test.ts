import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/core/run/runRecord';
import { checkpointFile, readCheckpoint } from '../../src/store/run/checkpoint';
import { readRun, runsFolder } from '../../src/store/run/runFolder';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

let folder: string;
let child: TrainingProcess;
const config: RunConfig = { preset: 'quick', epochs: 3, seed: 1, engine: 'native', overrides: { batchSize: 16 } };
const job = (runId: string, more: Partial<RunConfig> = {}) => ({
  folder,
  trainFile: path.join(folder, 'train.csv'),
  runId,
  config: { ...config, ...more },
});
const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);

beforeAll(() => {
  folder = smallData(400, 20);
  child = startTraining();
});
afterAll(() => {
  child.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A run that was cancelled after its first epoch. */
async function stopAfterFirst(runId: string): Promise<void> {
  const stopped = startTraining({ epoch: () => stopped.rpc.notify('cancel', undefined) });
  await stopped.rpc.call('train', job(runId));
  stopped.dispose();
}

/** Changes the kept weights of a run. */
function rewriteWeights(runId: string, write: (value: number) => number): void {
  const model = path.join(runFolderOf(runId), 'model');
  const file = path.join(
    model,
    fs.readdirSync(model).find(name => name.endsWith('.bin'))!,
  );
  const bytes = fs.readFileSync(file);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeFloatLE(Math.fround(write(bytes.readFloatLE(at))), at);
  fs.writeFileSync(file, bytes);
}

describe('a training that diverges', () => {
  it('stops with a sentence, and the last good epoch is kept', async () => {
    await stopAfterFirst('wild');
    const runFolder = runFolderOf('wild');
    // From weights of this size no step leads back.
    const { current, ...checkpoint } = (await readCheckpoint(runFolder))!;
    const weights = current!.weights.map(value => Math.sign(value) * 9e5);
    const [file, bytes] = checkpointFile(runFolder, { ...checkpoint, current: { ...current!, weights } });
    fs.writeFileSync(file, bytes as Uint8Array);
    await expect(child.rpc.call('train', { ...job('wild'), resume: true })).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        /after epoch 2: the training diverged, and epoch 1 is kept; train again with a lower/,
      ),
    });
    expect(await readRun(runFolder)).toMatchObject({ status: 'failed', bestEpoch: 1, error: { code: 'diverged' } });
    const outFile = path.join(folder, 'of-epoch-1.csv');
    const testFile = path.join(folder, 'test.csv');
    await expect(
      child.rpc.call('submit', { runFolder, testFile, sampleFile: undefined, outFile }),
    ).resolves.toMatchObject({ rows: 20 });
  });

  it('does not go on from a checkpoint of numbers that are none, and its network stays as it was', async () => {
    await stopAfterFirst('checkpoint');
    const file = path.join(runFolderOf('checkpoint'), 'checkpoint.safetensors');
    const bytes = fs.readFileSync(file);
    bytes.writeFloatLE(NaN, bytes.length - 4);
    fs.writeFileSync(file, bytes as Uint8Array);
    const before = fs.readFileSync(path.join(runFolderOf('checkpoint'), 'run.json'), 'utf8');
    await expect(child.rpc.call('train', { ...job('checkpoint'), resume: true })).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringContaining("so it can't go on; start a new training, with a lower learning rate."),
    });
    expect(fs.readFileSync(path.join(runFolderOf('checkpoint'), 'run.json'), 'utf8')).toBe(before);
  });
});

describe('a network whose numbers are too large to compute with', () => {
  it.each([1e30, 1e7])('answers nothing, and is not exported: times %s', async factor => {
    const runId = `huge-${factor}`;
    await child.rpc.call('train', job(runId, { epochs: 1 }));
    rewriteWeights(runId, value => value * factor);
    const runFolder = runFolderOf(runId);
    const refused = {
      code: 'diverged',
      message: expect.stringMatching(/are not all numbers that it can compute with/),
    };
    const outFile = path.join(folder, 'submission.csv');
    const testFile = path.join(folder, 'test.csv');
    await expect(
      child.rpc.call('submit', { runFolder, testFile, sampleFile: undefined, outFile }),
    ).rejects.toMatchObject(refused);
    expect(fs.existsSync(outFile)).toBe(false);
    const trainFile = path.join(folder, 'train.csv');
    await expect(child.rpc.call('evaluate', { runFolder, file: trainFile })).rejects.toMatchObject(refused);
    const outFolder = path.join(folder, 'page');
    await expect(child.rpc.call('exportModel', { runFolder, outFolder })).rejects.toMatchObject(refused);
  });

  it('gives no submission where its answers overflow all the same', async () => {
    await child.rpc.call('train', job('large', { epochs: 1 }));
    rewriteWeights('large', value => (value === 0 ? 0 : Math.sign(value) * 9e5));
    const outFile = path.join(folder, 'submission.csv');
    await expect(
      child.rpc.call('submit', {
        runFolder: runFolderOf('large'),
        testFile: path.join(folder, 'test.csv'),
        sampleFile: undefined,
        outFile,
      }),
    ).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(/gives answers that are no finite numbers/),
    });
    expect(fs.existsSync(outFile)).toBe(false);
  });
});

describe('the record and the weights of a run', () => {
  it('are of one epoch where the process died between the two', async () => {
    await child.rpc.call('train', job('between'));
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
    const training = trains.rpc.call('train', job('moment', { epochs: 60 })).finally(() => (ended = true));
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
    await child.rpc.call('train', job('deleted', { epochs: 1 }));
    const runFolder = runFolderOf('deleted');
    const deletes = startTraining({
      progress: ({ phase }) => {
        if (phase === 'predicting') fs.rmSync(runFolder, { recursive: true, force: true });
      },
    });
    await expect(
      deletes.rpc.call('evaluate', { runFolder, file: path.join(folder, 'train.csv') }),
    ).rejects.toMatchObject({
      code: 'no-run',
      message: 'Run deleted was deleted while its network predicted; choose another run.',
    });
    expect(fs.existsSync(runFolder)).toBe(false);
    deletes.dispose();
  });
});
