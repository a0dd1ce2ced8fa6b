import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { readCheckpoint } from '../../src/store/run/checkpoint';
import { readHistory, readPredictions, readRun } from '../../src/store/run/runFolder';
import type { EpochRecord, RunRecord } from '../../src/core/run/runRecord';
import { readModel } from '../../src/training/network/modelFile';
import { fitOf } from '../../src/training/data/predictFile';

// What a run's folder has to show after a death, whatever it was in the middle of.

/** All that can be read of it is whole. Returns the run, and how many of the epochs that were told of it does not have. */
export async function expectWhole(
  runFolder: string,
  told: readonly EpochRecord[],
): Promise<{ readonly run: RunRecord; readonly lost: number }> {
  const run = await readRun(runFolder);
  const history = await readHistory(runFolder);
  const checkpoint = await readCheckpoint(runFolder);
  const ended = run.status === 'done' ? history.length : (checkpoint?.epochs ?? 0);
  const lost = told.filter(
    record => record.epoch > ended || !isDeepStrictEqual(history[record.epoch - 1], record),
  ).length;
  if (run.status !== 'done') {
    expect(checkpoint?.history ?? []).toHaveLength(checkpoint?.epochs ?? 0);
    // At most one epoch was being noted.
    expect((checkpoint?.epochs ?? 0) - history.length).toBeOneOf([0, 1]);
  }
  if (run.bestEpoch !== undefined) {
    const { weightSpecs, weights } = await readModel(runFolder, fitOf(run));
    const numbers = (weightSpecs as { shape: number[] }[]).reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );
    expect(weights.byteLength).toBe(numbers * 4);
    expect((await readPredictions(runFolder, 'validation'))!.rows).toHaveLength(run.data.validationRows);
  }
  return { run, lost };
}

/** The kept weights, and the history without its times. */
export async function resultOf(
  runFolder: string,
): Promise<{ readonly weights: Buffer; readonly history: readonly EpochRecord[] }> {
  const model = path.join(runFolder, 'model');
  const [weights] = fs.readdirSync(model).filter(name => name.endsWith('.bin'));
  return {
    weights: fs.readFileSync(path.join(model, weights!)),
    history: (await readHistory(runFolder)).map(record => ({ ...record, trainSeconds: 0, seconds: 0 })),
  };
}

/** The files of a run that is done; of the weights one, and however often it was resumed. */
export function filesOf(runFolder: string): string[] {
  return fs
    .readdirSync(runFolder, { recursive: true, encoding: 'utf8' })
    .map(name => name.replace(/weights-epoch-\d+/, 'weights').replace(/heartbeat\.\d+/, 'heartbeat'))
    .sort();
}
