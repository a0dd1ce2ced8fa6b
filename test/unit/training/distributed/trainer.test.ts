import { expect, it, vi } from 'vitest';
import { presets } from '../../../../src/core/presets';
import type { TrainingPlan } from '../../../../src/protocol/worker';
import { Batches } from '../../../../src/training/distributed/batches';
import type { Steps } from '../../../../src/training/distributed/steps';
import { Trainer } from '../../../../src/training/distributed/trainer';

const plan: TrainingPlan = {
  seed: 1,
  shard: 0,
  shards: 1,
  size: 2,
  ink: 255,
  augmentation: undefined,
  optimizer: presets.quick.optimizer,
  emaDecay: 0,
};

/** Steps of no network, which make the next batch ready as all do. */
const steps: Steps = {
  state: { weights: new Float32Array(), averaged: undefined, optimizer: { steps: 0, moments: [] } },
  step: (batch, _seed, _rate, meanwhile) => {
    meanwhile();
    return Promise.resolve({ loss: 0, correct: 0, images: batch.classes.length });
  },
  dispose: () => undefined,
};

it.each([1, 3, 5])('an epoch of %i steps makes no batch ready that none of them takes', async count => {
  const batches = new Batches(10, 1);
  const ids = Uint32Array.from({ length: 10 }, (_, i) => i);
  batches.add({ total: 10, pixels: new Uint8Array(10), classes: new Uint16Array(10), ids });
  batches.start(plan);
  const drawn = vi.spyOn(batches, 'draw');
  const prepared = vi.spyOn(batches, 'prepare');
  await new Trainer(steps, batches, plan).epoch(1, new Float64Array(count).fill(0.1), () => undefined);
  // The first is made when it is drawn. In an estimate, which trains a few steps, the time of one more would count.
  expect(drawn.mock.calls.slice(1)).toEqual(prepared.mock.calls);
});
