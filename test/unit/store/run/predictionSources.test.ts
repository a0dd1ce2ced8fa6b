import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEvaluation } from '../../../../src/store/run/evaluations';
import { findPredictions, predictedFile, readSource } from '../../../../src/store/run/predictionSources';
import { createRunFolder, writePredictions, writeRun } from '../../../../src/store/run/runFolder';
import { predictionsEpoch } from '../../../../src/store/run/runMoment';
import type { Predictions, RunRecord } from '../../../../src/core/run/runRecord';

const classes = [3, 7];
/** Rows in the order of a split; the network takes row 9 for a 7 and row 2 for a 3. */
const predictions = {
  rows: Uint32Array.of(9, 2),
  labels: Uint16Array.of(1, 1),
  probabilities: Float32Array.of(0.25, 0.75, 0.625, 0.375),
};

let data: string;
const file = (name: string): string => path.join(data, name);
beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-predictions-'))));
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

async function makeRun(
  id: string,
  created: string,
  changes: Partial<RunRecord> = {},
  validation: Predictions | false = predictions,
): Promise<string> {
  const runFolder = await createRunFolder(data, id);
  await writeRun(runFolder, {
    version: 1,
    id,
    status: 'done',
    created,
    config: { preset: 'quick', epochs: 1, seed: 2, engine: 'auto' },
    data: {
      file: 'train.csv',
      fingerprint: 'f',
      rows: 10,
      side: 28,
      classes,
      classCounts: [5, 5],
      maxPixel: 255,
      warnings: [],
      trainingRows: 8,
      validationRows: 2,
    },
    engine: { name: 'native', library: 'TensorFlow 2.15.1', processes: 2, threads: 1 },
    layers: [],
    networks: 1,
    keeps: 'best',
    parameters: 1,
    pid: process.pid,
    host: os.hostname(),
    seconds: 1,
    ...changes,
  });
  if (validation) await writePredictions(runFolder, 'validation', validation);
  return runFolder;
}

const found = async (name: string, fingerprint = 'f'): Promise<string[]> =>
  (await findPredictions(file(name), { full: fingerprint, sampled: '' }, [data])).map(
    ({ run, set }) => `${run.id} ${set}`,
  );

describe('the predictions for a file', () => {
  it('are those of the runs that were trained on it, the newest first, once they have ended', async () => {
    await makeRun('old', '2026-01-01');
    await makeRun('new', '2026-02-01');
    fs.writeFileSync(path.join(await makeRun('going', '2026-03-01', { status: 'training' }), 'heartbeat'), '');
    await makeRun('empty', '2026-04-01', {}, false);
    expect(await found('train.csv')).toEqual(['new validation', 'old validation']);
    expect(await found('test.csv')).toEqual([]);
    fs.rmSync(path.join(data, '.digits', 'runs', 'new'), { recursive: true });
    expect(await found('train.csv')).toEqual(['old validation']);
  });

  it('are none when the file was another one then', async () => {
    await makeRun('a', '2026-01-01');
    expect(await found('train.csv', 'changed')).toEqual([]);
  });

  it('are those that a submission left, of the file that it was written for', async () => {
    const runFolder = await makeRun('a', '2026-01-01');
    await writePredictions(
      runFolder,
      'test',
      { ...predictions, labels: undefined },
      predictedFile(runFolder, file('test.csv'), 't'),
    );
    expect(await found('test.csv', 't')).toEqual(['a test']);
    expect(await found('test.csv', 'changed')).toEqual([]);
    expect(await found('train.csv', 't')).toEqual([]);
  });

  it('are none of a test file that was predicted while the run trained: its network is another one by now', async () => {
    const runFolder = await makeRun('a', '2026-01-01', { bestEpoch: 4 });
    for (const epoch of [3, 4]) {
      const about = { ...predictedFile(runFolder, file('test.csv'), 't'), ...predictionsEpoch(epoch) };
      await writePredictions(runFolder, 'test', { ...predictions, labels: undefined }, about);
      expect(await found('test.csv', 't')).toEqual(epoch === 4 ? ['a test'] : []);
    }
  });

  it('are those of evaluations, in files of other folders too', async () => {
    const runFolder = await makeRun('a', '2026-01-01');
    const about = { fingerprint: 'f', created: '2026-01-02', epoch: 1, images: 2, right: 1 };
    await writeEvaluation(runFolder, file('more/labelled.csv'), about, predictions);
    await writeEvaluation(runFolder, file('train.csv'), about, predictions);
    expect(await found('more/labelled.csv')).toEqual(['a evaluation']);
    expect(await found('train.csv')).toEqual(['a evaluation', 'a validation']);
  });

  it('come as labels by ascending row', async () => {
    await makeRun('a', '2026-01-01');
    const [source] = await findPredictions(file('train.csv'), { full: 'sha256:0', sampled: 'f' }, [data]);
    expect(await readSource(source!)).toEqual({
      rows: Uint32Array.of(2, 9),
      predicted: Int32Array.of(3, 7),
      probabilities: Float32Array.of(0.625, 0.75),
      labels: Int32Array.of(7, 7),
    });
    fs.rmSync(path.join(source!.runFolder, 'validation.safetensors'));
    await expect(readSource(source!)).rejects.toMatchObject({ code: 'read-failed' });
  });

  it('have another stamp once they were made again', async () => {
    const runFolder = await makeRun('a', '2026-01-01');
    const [before] = await findPredictions(file('train.csv'), { full: 'sha256:0', sampled: 'f' }, [data]);
    await writePredictions(runFolder, 'validation', {
      rows: Uint32Array.of(1),
      labels: Uint16Array.of(0),
      probabilities: Float32Array.of(1, 0),
    });
    const [after] = await findPredictions(file('train.csv'), { full: 'sha256:0', sampled: 'f' }, [data]);
    expect(after!.id).toBe(before!.id);
    expect(after!.stamp).not.toBe(before!.stamp);
  });
});
