import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { patchOf } from '../../src/core/occlusion';
import { readPredictions, readRun, runsFolder } from '../../src/store/run/runFolder';
import type { ExplainedImage, ExplainProgress, ServedNetwork } from '../../src/protocol/explain';
import { RunNetwork, type RunNetworkOptions } from '../../src/processes/runNetwork';
import { isFullRun } from '../fullRun';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

// What a finished run's network says of an image when it is served: its probabilities, what it looked at, what it is like.

const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');
/** Where TensorFlow is missing, the portable engine answers. */
const portable = { DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') };
const runs = [
  ['native', 'one', {}],
  ['portable', 'several', portable],
] as const;
/** A run of either kind on either engine: tried in full. */
const otherRuns = [
  ['native', 'several', {}],
  ['portable', 'one', portable],
] as const;
const duplicateOf = 300;
const trainRows = duplicateOf + 10;

let folder: string;
let rows: readonly (readonly number[])[];
let setAside: ReadonlySet<number>;
let network: RunNetwork | undefined;
const runFolder = (id: string): string => path.join(runsFolder(folder), id);
const signal = new AbortController().signal;

function serve(id: string, options: RunNetworkOptions = {}): RunNetwork {
  network?.dispose();
  return (network = new RunNetwork(bundle, runFolder(id), { environment: portable, ...options }));
}

/** A row of the training file, counted from 1. */
function imageOf(row: number): ExplainedImage {
  return { pixels: Uint8Array.from(rows[row - 1]!.slice(1)), trainingRow: row };
}

/** The first row of the training set, from `from` on. */
function trainingRow(from: number): number {
  for (let row = from; ; row++) if (!setAside.has(row)) return row;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!what()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

beforeAll(async () => {
  folder = smallData(duplicateOf, 1);
  const file = path.join(folder, 'train.csv');
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  // Each of the last ten rows is one of the first ten again: whichever are set aside, some pairs are not.
  lines.push(...lines.slice(1, 11));
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  rows = lines.slice(1).map(line => line.split(',').map(Number));
  const training = startTraining();
  const train = (runId: string, networks: number) =>
    training.rpc.call('train', {
      folder,
      trainFile: file,
      runId,
      config: {
        preset: 'quick',
        epochs: 4,
        seed: 3,
        engine: 'auto',
        overrides: { batchSize: 16, processes: 1, networks },
      },
    });
  await train('one', 1);
  await train('several', 2);
  training.dispose();
  setAside = new Set((await readPredictions(runFolder('one'), 'validation'))!.rows);
});
afterEach(() => network?.dispose());
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.each(isFullRun ? [...runs, ...otherRuns] : runs)(
  'on the %s engine, a served run of %s',
  (engine, id, environment) => {
    const phases = new Set<ExplainProgress['phase']>();
    let served: RunNetwork;
    beforeAll(() => {
      served = new RunNetwork(bundle, runFolder(id), { environment, onProgress: ({ phase }) => phases.add(phase) });
    });
    afterAll(() => served.dispose());

    it('says of an image what it said in training', async () => {
      const { rows: known, probabilities } = (await readPredictions(runFolder(id), 'validation'))!;
      const answer = await served.ask('probabilities', imageOf(known[0]!), signal);
      expect(answer.engine.name).toBe(engine);
      expect(answer.value).toHaveLength(10);
      answer.value.forEach((value, i) => expect(Math.abs(value - probabilities[i]!)).toBeLessThan(1e-3));
    });

    it('says of several images at once what it says of each', async () => {
      const three = [1, 2, 3].map(imageOf);
      const pixels = Uint8Array.from(three.flatMap(image => [...image.pixels]));
      const all = (await served.ask('probabilities', { pixels, images: 3, trainingRow: undefined }, signal)).value;
      expect(all).toHaveLength(30);
      for (const [i, image] of three.entries()) {
        const { value } = await served.ask('probabilities', image, signal);
        value.forEach((probability, index) => expect(all[i * 10 + index]).toBeCloseTo(probability, 4));
      }
      await expect(served.ask('probabilities', { pixels, trainingRow: undefined }, signal)).rejects.toThrow(
        'was trained on images of another size',
      );
    });

    it('loses probability where a stroke is covered, exactly as much as the covered image has less', async () => {
      const image = imageOf(trainingRow(20));
      const { value: map } = await served.ask('occlusion', image, signal);
      const whole = (await served.ask('probabilities', image, signal)).value;
      expect(map.probability).toBeCloseTo(Math.max(...whole), 5);
      expect(whole[map.predicted]).toBeCloseTo(map.probability, 5);
      const most = map.drops.indexOf(Math.max(...map.drops));
      expect(map.drops[most]).toBeGreaterThan(0.001);
      // Paper in a corner of a digit: nothing to cover there.
      expect(map.drops[0]).toBe(0);

      const { top, bottom, left, right } = patchOf(map.grid, most);
      const pixels = image.pixels.map((value, i) => {
        const [row, column] = [Math.floor(i / 28) + 1, (i % 28) + 1];
        return row >= top && row <= bottom && column >= left && column <= right ? 0 : value;
      });
      const covered = (await served.ask('probabilities', { pixels, trainingRow: undefined }, signal)).value;
      expect(whole[map.predicted]! - covered[map.predicted]!).toBeCloseTo(map.drops[most]!, 4);
    });

    it('finds an image that is there twice beside itself', async () => {
      const validation = new Set((await readPredictions(runFolder(id), 'validation'))!.rows);
      const row = Array.from({ length: 10 }, (_, i) => i + 1).find(
        first => !validation.has(first) && !validation.has(duplicateOf + first),
      )!;
      const { value } = await served.ask('neighbours', imageOf(row), signal);
      expect(value.rows[0]).toBe(duplicateOf + row);
      expect(value.distances[0]).toBeCloseTo(0, 4);
      expect(value.rows).toHaveLength(12);
      expect([...value.rows]).not.toContain(row);
      expect([...value.rows].filter(found => validation.has(found))).toEqual([]);
      expect([...value.distances]).toEqual([...value.distances].sort((a, b) => a - b));
      expect([...value.labels]).toEqual([...value.rows].map(found => rows[found - 1]![0]));
      expect([...value.pixels.subarray(784, 2 * 784)]).toEqual(rows[value.rows[1]! - 1]!.slice(1));
      const { layers } = await readRun(runFolder(id));
      expect(value).toMatchObject({
        compared: trainRows - validation.size,
        trainingRows: trainRows - validation.size,
        features: layers.at(-2)!.outputShape[0],
      });
      // An image of another file has no row here, and may be like any.
      const other = await served.ask('neighbours', { ...imageOf(row), trainingRow: undefined }, signal);
      expect(new Set(other.value.rows.subarray(0, 2))).toEqual(new Set([row, duplicateOf + row]));
      expect(phases).toContain('reading');
    });
  },
);

describe('a run that is served', () => {
  it('ends when nobody asks any more, and starts again with the next question', async () => {
    const started: ServedNetwork[] = [];
    const served = serve('one', { idle: 300, onServed: told => started.push(told) });
    await served.ask('probabilities', imageOf(1), signal);
    const pid = served.pid!;
    expect(isRunning(pid)).toBe(true);
    await until(() => !isRunning(pid));
    expect(served.pid).toBeUndefined();
    await served.ask('probabilities', imageOf(2), signal);
    expect(served.pid).not.toBe(pid);
    expect(started).toHaveLength(2);
  });

  it('gives up a question that was cancelled at once, and answers the next one', async () => {
    const served = serve('one');
    const taken = new AbortController();
    const first = served.ask('neighbours', imageOf(1), taken.signal);
    const second = served.ask('neighbours', imageOf(2), signal);
    taken.abort(new Error('moved on'));
    await expect(first).rejects.toThrow('moved on');
    expect((await second).value.rows).toHaveLength(12);
  });

  it('says in a sentence what it can not tell', async () => {
    const file = path.join(folder, 'train.csv');
    const text = fs.readFileSync(file, 'utf8');
    const served = serve('one');
    fs.writeFileSync(file, text.replace('\n', '\n1'));
    await expect(served.ask('neighbours', imageOf(1), signal)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/^train\.csv has changed since/),
    });
    // What needs no training file is answered all the same, and all of it when the file is back.
    expect((await served.ask('probabilities', imageOf(1), signal)).value).toHaveLength(10);
    fs.writeFileSync(file, text);
    expect((await served.ask('neighbours', imageOf(1), signal)).value.rows).toHaveLength(12);
    fs.writeFileSync(file, text.replace('\n', '\n1'));
    await expect(served.ask('neighbours', imageOf(2), signal)).rejects.toMatchObject({ code: 'mismatch' });
    fs.writeFileSync(file, text);
    await expect(
      served.ask('occlusion', { pixels: new Uint8Array(64), trainingRow: undefined }, signal),
    ).rejects.toMatchObject({ code: 'mismatch' });
    await expect(serve('nothing').ask('probabilities', imageOf(1), signal)).rejects.toMatchObject({
      code: 'read-failed',
    });
  });
});
