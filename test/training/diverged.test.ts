import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readHistory, readRun, runsFolder } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import { checkpointFile, readCheckpoint, type Checkpoint } from '../../src/store/run/checkpoint';
import { RunNetwork } from '../../src/processes/runNetwork';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import type { TrainingEvents } from '../../src/protocol/training';
import { isFullRun } from '../fullRun';
import { contentsBelow } from './contentsBelow';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

// Numbers that are none: a training that makes them stops, and a network that answers with them is not used.

const overrides = { batchSize: 16, processes: 1 };
const config: RunConfig = { preset: 'quick', epochs: 4, seed: 3, engine: 'portable', overrides };
const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');

let folder: string;
let child: TrainingProcess | undefined;
beforeAll(() => (folder = smallData(200, 20)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.dispose());

const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);
const job = (runId: string, changes: Partial<RunConfig> = {}) => ({
  folder,
  trainFile: path.join(folder, 'train.csv'),
  runId,
  config: { ...config, ...changes },
});

function start(events: Partial<TrainingEvents> = {}): TrainingProcess {
  child?.dispose();
  child = startTraining(events);
  return child;
}

/** Stops a training of a run after its first epoch; resolves with its process. */
async function stopAfterFirst(runId: string, changes: Partial<RunConfig> = {}): Promise<TrainingProcess> {
  let stops = true;
  const training = start({ epoch: () => stops && training.rpc.notify('cancel', undefined) });
  expect(await training.rpc.call('train', job(runId, changes))).toMatchObject({ status: 'cancelled' });
  stops = false;
  return training;
}

/** Replaces the network in the making. */
async function changeCheckpoint(
  runId: string,
  change: (current: NonNullable<Checkpoint['current']>) => Partial<Checkpoint['current']>,
): Promise<void> {
  const checkpoint = (await readCheckpoint(runFolderOf(runId)))!;
  const current = { ...checkpoint.current!, ...change(checkpoint.current!) };
  const [file, bytes] = checkpointFile(runFolderOf(runId), { ...checkpoint, current });
  fs.writeFileSync(file, bytes as Uint8Array);
}

/** The file of the weights that a run has kept. */
function weightsFile(runId: string): string {
  const model = path.join(runFolderOf(runId), 'model');
  return path.join(
    model,
    fs.readdirSync(model).find(name => name.endsWith('.bin'))!,
  );
}

/** Changes all weights that a run has kept. */
function changeWeights(runId: string, change: (value: number) => number): void {
  const weights = new Float32Array(new Uint8Array(fs.readFileSync(weightsFile(runId))).buffer);
  fs.writeFileSync(weightsFile(runId), new Uint8Array(weights.map(change).buffer));
}

const tooLarge = { code: 'diverged', message: expect.stringMatching(/^The weights of .* are too large.* train again/) };

async function expectNoExport({ rpc }: TrainingProcess, runId: string): Promise<void> {
  const outFolder = path.join(folder, 'page');
  await expect(rpc.call('exportModel', { runFolder: runFolderOf(runId), outFolder })).rejects.toMatchObject(tooLarge);
  expect(fs.existsSync(outFolder)).toBe(false);
}

/** What a run keeps of its epochs. */
const kept = (runId: string): readonly unknown[] =>
  Object.entries(contentsBelow(runFolderOf(runId))).filter(([name]) =>
    /model|validation|checkpoint|history/.test(name),
  );

/** Nothing of their own stops these: tried in full. */
const oneCycles: [string, Partial<RunConfig>][] = [
  ['one-cycle, portable', {}],
  ['one-cycle, native', { engine: 'native' }],
];

describe('a training that diverges', () => {
  it.each<[string, Partial<RunConfig>]>([
    ...(isFullRun ? oneCycles : []),
    ['averaged weights, no validation set', { overrides: { ...overrides, emaDecay: 0.9, validationShare: 0 } }],
    [
      'RMSprop with the engine, native',
      { preset: 'notebook', engine: 'native', overrides: { ...overrides, width: 0.25 } },
    ],
  ])('stops, keeps the last good epoch, and can be tried again from it: %s', async (name, changes) => {
    const runId = name.replaceAll(/\W+/g, '-');
    const training = await stopAfterFirst(runId, changes);
    const good = kept(runId);
    const { length } = await readHistory(runFolderOf(runId));
    const { bestEpoch } = await readRun(runFolderOf(runId));
    const bytes = fs.readFileSync(path.join(runFolderOf(runId), 'checkpoint.safetensors'));
    await changeCheckpoint(runId, ({ weights }) => ({ weights: weights.map(value => 3e38 * Math.sign(value)) }));
    const changed = kept(runId);
    await expect(training.rpc.call('train', { ...job(runId, changes), resume: true })).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        new RegExp(
          `^The training diverged in epoch ${length + 1}: its .* no longer .*finite.*\\. Train again with a lower learning rate\\. The network of epoch ${bestEpoch} is kept\\.$`,
        ),
      ),
    });
    expect(kept(runId)).toEqual(changed);
    const run = await readRun(runFolderOf(runId));
    expect(run).toMatchObject({ status: 'failed', bestEpoch, error: { code: 'diverged' } });
    expect(await readHistory(runFolderOf(runId))).toHaveLength(length);
    fs.writeFileSync(path.join(runFolderOf(runId), 'checkpoint.safetensors'), bytes);
    expect(kept(runId)).toEqual(good);
    await expect(training.rpc.call('train', { ...job(runId, changes), resume: true })).resolves.toMatchObject({
      status: 'done',
    });
  });
});

describe('a checkpoint with numbers that are none', () => {
  it('is refused before anything of the run is written', async () => {
    const training = await stopAfterFirst('nan');
    const { length } = await readHistory(runFolderOf('nan'));
    await changeCheckpoint('nan', ({ weights }) => ({ weights: weights.map((value, i) => (i === 5 ? NaN : value)) }));
    const before = contentsBelow(runFolderOf('nan'));
    await expect(training.rpc.call('train', { ...job('nan'), resume: true })).rejects.toMatchObject({
      code: 'diverged',
      message: `Run nan can't go on from its checkpoint after epoch ${length}: its weights are no longer finite numbers, as when a training diverges. Start a new training with a lower learning rate; the run stays as it is.`,
    });
    expect(contentsBelow(runFolderOf('nan'))).toEqual(before);
  });
});

describe('a network whose answers are none', () => {
  const runId = 'trained';
  let training: TrainingProcess;
  let weights: Buffer;
  beforeAll(async () => {
    training = startTraining();
    await training.rpc.call('train', job(runId, { epochs: 1 }));
    weights = fs.readFileSync(weightsFile(runId));
  });
  afterEach(() => fs.writeFileSync(weightsFile(runId), weights));
  afterAll(() => training.dispose());

  it('is used by nothing', async () => {
    // Of a size that any one of its weights could have.
    changeWeights(runId, value => Math.sign(value) * 9e5);
    const runFolder = runFolderOf(runId);
    const [testFile, outFile] = [path.join(folder, 'test.csv'), path.join(folder, 'submission.csv')];
    await expect(
      training.rpc.call('submit', { runFolder, testFile, sampleFile: undefined, outFile }),
    ).rejects.toMatchObject(tooLarge);
    expect(fs.existsSync(outFile)).toBe(false);
    const file = path.join(folder, 'train.csv');
    await expect(training.rpc.call('evaluate', { runFolder, file })).rejects.toMatchObject(tooLarge);
    await expectNoExport(training, runId);
    const network = new RunNetwork(bundle, runFolder);
    const image = { pixels: new Uint8Array(784).fill(9), ink: 255, trainingRow: undefined };
    for (const want of ['probabilities', 'occlusion', 'neighbours'] as const)
      await expect(network.ask(want, image, new AbortController().signal)).rejects.toMatchObject(tooLarge);
    network.dispose();
    expect(fs.readdirSync(runFolder)).not.toContain('evaluations');
  });

  it.each([1e30, 1e7])('is not exported with weights %d times as large', async times => {
    changeWeights(runId, value => value * times);
    await expectNoExport(training, runId);
  });

  it('is not believed by the exported script either', async () => {
    const outFolder = path.join(folder, 'believed');
    await training.rpc.call('exportModel', { runFolder: runFolderOf(runId), outFolder });
    const script = path.join(outFolder, 'model.js');
    fs.writeFileSync(
      script,
      fs.readFileSync(script, 'utf8').replace(/"weights":"([^"]+)"/, (_, base64: string) => {
        const bytes = Buffer.from(base64, 'base64');
        const last = bytes.length - Float32Array.BYTES_PER_ELEMENT;
        for (let at = 0; at <= last; at += 4) if (Math.abs(bytes.readFloatLE(at)) > 0) bytes.writeFloatLE(NaN, at);
        return `"weights":"${bytes.toString('base64')}"`;
      }),
    );
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [path.join(outFolder, 'classify.mjs'), path.join(folder, 'test.csv')],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        'The predictions of this network are not finite numbers, as when a training diverges; use another run, or train again with a lower learning rate.\n',
    });
    expect(stdout).not.toMatch(/^\d/m);
  });
});
