import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../../src/store/run/checkpoint';
import type { RunData } from '../../../../src/core/run/runRecord';
import type { TrainedImages } from '../../../../src/core/run/trainedImages';
import { requireOwnCheckpoint, requireSameImages, type ResumedNetwork } from '../../../../src/training/run/checkResume';
import { epochRecords, runRecord } from '../../support/runRecord';

describe('requireSameImages', () => {
  const before = runRecord().data;
  const images: TrainedImages = {
    rows: Uint32Array.of(1, 2),
    classes: Uint16Array.of(0, 1),
    hashes: { first: Uint32Array.of(5, 6), second: Uint32Array.of(7, 8) },
    trained: Uint16Array.of(1, 0),
  };
  const same = { full: before.fingerprint, sampled: '' };
  const other = { full: 'sha256:1', sampled: 'other' };
  const check = (changes: Partial<RunData>, fingerprint = same, now = images, kept?: TrainedImages): void =>
    requireSameImages(
      'a',
      { data: before, images: kept },
      { record: { ...before, ...changes }, fingerprint, images: now },
    );

  it('takes the file as it was, whatever it is called', () => {
    expect(() => check({ file: 'moved.csv', warnings: ['one'] })).not.toThrow();
  });

  it('takes a file that writes the same images otherwise', () => {
    expect(() => check({}, other, images, images)).not.toThrow();
  });

  it('takes the file of a run made earlier by what that recorded', () => {
    expect(() => check({}, { full: 'sha256:1', sampled: before.fingerprint })).not.toThrow();
  });

  it('names the row whose label or pixels differ, though all counts are the same', () => {
    const relabelled = { ...images, classes: Uint16Array.of(1, 1) };
    expect(() => check({}, other, relabelled, images)).toThrow('(the label of row 1 was 0 and is 1)');
    const redrawn = { ...images, hashes: { ...images.hashes, first: Uint32Array.of(5, 9) } };
    expect(() => check({}, other, redrawn, images)).toThrow('(the pixels of row 2 differ)');
  });

  it('refuses a file that is another one where the run kept no images', () => {
    expect(() => check({}, other)).toThrow("train.csv has changed since run a began, so it can't go on");
  });

  it.each<[string, Partial<RunData>]>([
    [' (its images had 28x28 pixels and have 8x8)', { side: 8 }],
    [' (no image has the label 1 any more)', { classes: [0] }],
    [' (the label 2 is new)', { classes: [0, 1, 2] }],
    [' (it had 10 images and has 9)', { rows: 9 }],
    [' (the label 0 was that of 5 images and is that of 6)', { classCounts: [6, 4] }],
    [' (its highest pixel was 255 and is 1)', { maxPixel: 1 }],
    ['', { skippedRows: 1 }],
  ])('says what differs:%s', (what, changes) => {
    expect(() => check(changes)).toThrow(
      `train.csv has changed since run a began${what}, so it can't go on; start a new training, or restore the file it was trained on.`,
    );
  });
});

describe('requireOwnCheckpoint', () => {
  const network: ResumedNetwork = {
    tensors: [
      { name: 'kernel', shape: [2, 3], trained: true },
      { name: 'mean', shape: [3], trained: false },
    ],
    networks: 2,
    epochs: 2,
    optimizer: { type: 'adam', beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.05 },
    emaDecay: 0.9,
    trainingRows: 9,
  };
  const history = epochRecords([0.5, 0.6, 0.7]);
  const weights = (length = 9): Float32Array => new Float32Array(length);
  const withOne = (length: number, value: number): Float32Array => weights(length).fill(value, length - 1);
  const current = {
    weights: weights(),
    averaged: weights(),
    optimizer: { steps: 7, moments: [weights(6), weights(6)] },
  };
  const good: Checkpoint = { epochs: 3, history, finished: [weights()], current };
  const check = (changes: Partial<Checkpoint>, noted = history, about = network): void =>
    requireOwnCheckpoint('a', { ...good, ...changes }, noted, about);

  it("takes the run's own, whether or not the run noted its last epoch, within a network and between two", () => {
    expect(() => check({})).not.toThrow();
    expect(() => check({}, history.slice(0, 2))).not.toThrow();
    expect(() => check({ history: undefined })).not.toThrow();
    expect(() =>
      check({ epochs: 2, history: history.slice(0, 2), current: undefined }, history.slice(0, 2)),
    ).not.toThrow();
  });

  it.each<[string, Partial<Checkpoint>]>([
    ['too few weights', { current: { ...current, weights: weights(8) } }],
    ['averaged weights of another length', { current: { ...current, averaged: weights(10) } }],
    ['no averaged weights', { current: { ...current, averaged: undefined } }],
    ['a finished network of another length', { finished: [weights(8)] }],
    ['a finished network too many', { finished: [weights(), weights()] }],
    ['no network in the making', { current: undefined }],
    [
      'more epochs than the run has',
      { epochs: 5, history: epochRecords([0.5, 0.6, 0.7, 0.8, 0.9]), finished: [weights(), weights()] },
    ],
    ['no optimizer', { current: { ...current, optimizer: { steps: 0, moments: [] } } }],
    [
      'an optimizer for other weights',
      { current: { ...current, optimizer: { steps: 7, moments: [weights(6), weights(5)] } } },
    ],
    ['an optimizer of another kind', { current: { ...current, optimizer: { steps: 7, moments: [weights(6)] } } }],
    [
      'squares below nothing',
      { current: { ...current, optimizer: { steps: 7, moments: [weights(6), weights(6).fill(-1)] } } },
    ],
    ['no steps', { current: { ...current, optimizer: { ...current.optimizer, steps: 0 } } }],
    [
      'more steps than an epoch has images',
      { current: { ...current, optimizer: { ...current.optimizer, steps: 10 } } },
    ],
    ['the epochs of another run', { history: epochRecords([0.5, 0.65, 0.7]) }],
  ])('refuses %s', (_, changes) => {
    expect(() => check(changes)).toThrow("The checkpoint of run a is not of this run's network and training");
  });

  it('refuses steps that the epochs of the network did not take alike', () => {
    const long: ResumedNetwork = { ...network, networks: 1, epochs: 4 };
    const optimizer = (steps: number) => ({ ...current.optimizer, steps });
    const resume = (steps: number): void =>
      check({ finished: [], current: { ...current, optimizer: optimizer(steps) } }, history, long);
    expect(() => resume(6)).not.toThrow();
    expect(() => resume(7)).toThrow("is not of this run's network and training");
  });

  it.each<[string, Partial<Checkpoint>]>([
    ['its weights are no longer finite numbers', { current: { ...current, weights: withOne(9, NaN) } }],
    ['its weights are no longer finite numbers', { current: { ...current, weights: withOne(9, -Infinity) } }],
    ['the averages of its weights are no longer finite', { current: { ...current, averaged: withOne(9, Infinity) } }],
    [
      "its optimizer's numbers are no longer finite",
      { current: { ...current, optimizer: { steps: 7, moments: [withOne(6, NaN), weights(6)] } } },
    ],
    [
      "its optimizer's numbers are no longer finite",
      { current: { ...current, optimizer: { steps: 7, moments: [weights(6), withOne(6, Infinity)] } } },
    ],
    ['the weights of a finished network are no longer finite', { finished: [withOne(9, NaN)] }],
  ])('refuses numbers that are none, with the epoch and what helps: %s', (what, changes) => {
    const attempt = (): void => check(changes);
    expect(attempt).toThrow(`Run a can't go on from its checkpoint after epoch 3: ${what}`);
    expect(attempt).toThrow('Start a new training with a lower learning rate');
    expect(attempt).toThrow(expect.objectContaining({ code: 'diverged' }));
  });

  it('refuses no epoch at all', () => {
    expect(() => check({ epochs: 0, history: [], finished: [], current: undefined }, [])).toThrow(
      "The checkpoint of run a is not of this run's network and training",
    );
  });

  it('refuses fewer records than epochs', () => {
    expect(() => check({ history: history.slice(0, 2) }, history.slice(0, 2))).toThrow();
  });

  it('refuses averaged weights and a second mean where the preset has none', () => {
    expect(() => check({}, history, { ...network, emaDecay: 0 })).toThrow();
    expect(() =>
      check({}, history, { ...network, optimizer: { type: 'rmsProp', decay: 0.9, epsilon: 1e-8 } }),
    ).toThrow();
  });
});
