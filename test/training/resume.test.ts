import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readHistory, readRun, runsFolder } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import type { TrainingEvents } from '../../src/protocol/training';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { isFullRun } from '../fullRun';
import { contentsBelow } from './contentsBelow';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

let folder: string;
let child: TrainingProcess | undefined;
beforeAll(() => (folder = smallData(200, 1)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.dispose());

const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);

function start(events: Partial<TrainingEvents> = {}): TrainingProcess {
  child = startTraining(events, { environment: { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' } });
  return child;
}

const job = (runId: string, config: RunConfig) => ({
  folder,
  trainFile: path.join(folder, 'train.csv'),
  runId,
  config,
});

/** The kept weights, and the history without its times. */
async function resultOf(runId: string) {
  const model = path.join(runFolderOf(runId), 'model');
  const weights = fs.readdirSync(model).find(name => name.endsWith('.bin'))!;
  return {
    weights: fs.readFileSync(path.join(model, weights)),
    history: (await readHistory(runFolderOf(runId))).map(record => ({ ...record, trainSeconds: 0, seconds: 0 })),
  };
}

const batchSize = 16;
const base = { seed: 3, engine: 'native' } as const;
const oneCycle: [string, RunConfig] = [
  'a one-cycle schedule',
  { ...base, preset: 'quick', epochs: 6, overrides: { batchSize } },
];
const cases: [string, RunConfig][] = [
  // The networks below have such a schedule each.
  ...(isFullRun ? [oneCycle] : []),
  ['a plateau and dropout', { ...base, preset: 'notebook', epochs: 6, overrides: { batchSize, width: 0.25 } }],
  [
    'averaged weights and several networks',
    { ...base, preset: 'quick', epochs: 3, engine: 'portable', overrides: { batchSize, networks: 2, emaDecay: 0.9 } },
  ],
];
/** Of what is resumed or refused, whatever it learns. The portable engine is there sooner. */
const short: RunConfig = {
  preset: 'quick',
  epochs: 4,
  seed: 1,
  engine: 'portable',
  overrides: { batchSize, processes: 1 },
};

describe('resuming', () => {
  it.each(cases)('gives the weights that an uninterrupted training gives, bit for bit: %s', async (name, config) => {
    const id = name.replaceAll(' ', '-');
    let onEpoch = (): void => undefined;
    const first = start({ epoch: () => onEpoch() });
    await first.rpc.call('train', job(`${id}-whole`, config));
    onEpoch = () => first.rpc.notify('cancel', undefined);
    const stopped = await first.rpc.call('train', job(`${id}-parts`, config));
    expect(stopped).toMatchObject({ status: 'cancelled', bestEpoch: expect.any(Number) });
    onEpoch = () => void process.kill(first.pid!, 'SIGKILL');
    await expect(first.rpc.call('train', { ...job(`${id}-parts`, config), resume: true })).rejects.toMatchObject({
      code: 'engine-died',
    });
    expect((await readRun(runFolderOf(`${id}-parts`))).status).toBe('interrupted');

    const last = start();
    const run = await last.rpc.call('train', { ...job(`${id}-parts`, config), resume: true });
    expect(run).toMatchObject({ status: 'done', created: stopped.created });
    expect(run.seconds).toBeGreaterThan(stopped.seconds);
    const [parts, together] = [await resultOf(`${id}-parts`), await resultOf(`${id}-whole`)];
    expect(parts.history).toEqual(together.history);
    expect(parts.weights.equals(together.weights)).toBe(true);
    expect(fs.existsSync(path.join(runFolderOf(`${id}-parts`), 'checkpoint.safetensors'))).toBe(false);
  });

  it('removes weights that a training left behind when it died after its last epoch', async () => {
    const config: RunConfig = { ...short, epochs: 2 };
    const killedAtItsEnd = async (id: string): Promise<boolean> => {
      const killed = start({ epoch: ({ epoch }) => epoch === 2 && process.kill(killed.pid!, 'SIGKILL') });
      return killed.rpc.call('train', job(id, config)).then(
        () => false,
        () => true,
      );
    };
    // It may have been faster.
    let id = 'end-0';
    for (let tries = 1; !(await killedAtItsEnd(id)); tries++) id = `end-${tries}`;
    const model = path.join(runFolderOf(id), 'model');
    fs.writeFileSync(path.join(model, 'weights-epoch-1.bin'), 'old');
    await expect(start().rpc.call('train', { ...job(id, config), resume: true })).resolves.toMatchObject({
      status: 'done',
      bestEpoch: 2,
    });
    expect(fs.readdirSync(model).sort()).toEqual(['model.json', 'weights-epoch-2.bin']);
  });

  it('is refused with a sentence: a run that is done, one without an epoch', async () => {
    const process = start({ started: ({ id }) => id === 'early' && process.rpc.notify('cancel', undefined) });
    await process.rpc.call('train', job('done', { ...short, epochs: 1 }));
    await expect(process.rpc.call('train', { ...job('done', short), resume: true })).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringContaining('done is done'),
    });
    await process.rpc.call('train', job('early', short));
    await expect(process.rpc.call('train', { ...job('early', short), resume: true })).rejects.toMatchObject({
      code: 'no-run',
      message: expect.stringContaining('before its first epoch'),
    });
  });

  it('is refused, and leaves every file of the run as it was, where the data no longer fit the network', async () => {
    const training = startStopping();
    await training.process.rpc.call('train', job('data', short));
    const file = path.join(folder, 'train.csv');
    const text = fs.readFileSync(file, 'utf8');
    const before = contentsBelow(runFolderOf('data'));
    const changes: readonly (readonly [string, RegExp])[] = [
      [
        text.replace(/\n9,/g, '\n8,'),
        /^train\.csv has changed since run data began \(no image has the label 9 any more\), so it can't go on/,
      ],
      [text.replace(/\n3,/, '\n4,'), /\(the label \d was that of \d+ images and is that of \d+\)/],
      // Every label as often as before, and the highest pixel the same.
      [swapLabels(text), /\(2 labels differ, the first in row \d+, which was [34] and is [34]\)/],
      [text.replace(/(\n3,(?:\d+,)*)0,0/, '$10,9'), /\(the pixels of row \d+ differ\)/],
    ];
    for (const [changed, says] of changes) {
      fs.writeFileSync(file, changed);
      await expect(training.process.rpc.call('train', { ...job('data', short), resume: true })).rejects.toMatchObject({
        code: 'mismatch',
        message: expect.stringMatching(says),
      });
      expect(contentsBelow(runFolderOf('data'))).toEqual(before);
    }
    fs.writeFileSync(file, text);
    training.stops = false;
    await expect(training.process.rpc.call('train', { ...job('data', short), resume: true })).resolves.toMatchObject({
      status: 'done',
    });
  });

  it("is refused, and leaves every file of the run as it was, where the checkpoint is another run's", async () => {
    const training = startStopping();
    const { rpc } = training.process;
    await rpc.call('train', job('own', short));
    await rpc.call('train', job('narrower', { ...short, overrides: { ...short.overrides, width: 0.5 } }));
    await rpc.call('train', job('other', { ...short, seed: 2 }));
    const checkpoint = (id: string): string => path.join(runFolderOf(id), 'checkpoint.safetensors');
    const own = fs.readFileSync(checkpoint('own'));
    for (const id of ['narrower', 'other']) {
      fs.copyFileSync(checkpoint(id), checkpoint('own'));
      const before = contentsBelow(runFolderOf('own'));
      await expect(rpc.call('train', { ...job('own', short), resume: true })).rejects.toMatchObject({
        code: 'mismatch',
        message:
          "The checkpoint of run own is not of this run's network and training, so it can't go on; restore its own checkpoint.safetensors, or start a new training.",
      });
      expect(contentsBelow(runFolderOf('own'))).toEqual(before);
    }
    fs.writeFileSync(checkpoint('own'), own);
    training.stops = false;
    await expect(rpc.call('train', { ...job('own', short), resume: true })).resolves.toMatchObject({
      status: 'done',
    });
  });
});

/** A training process whose trainings stop after an epoch, as long as that is said. */
function startStopping(): { readonly process: TrainingProcess; stops: boolean } {
  const training = {
    stops: true,
    process: start({ epoch: () => training.stops && training.process.rpc.notify('cancel', undefined) }),
  };
  return training;
}

/** The first image of a 3 is called a 4, and the first of a 4 a 3. */
function swapLabels(text: string): string {
  return text.replace(/\n3,/, '\nx,').replace(/\n4,/, '\n3,').replace(/\nx,/, '\n4,');
}
