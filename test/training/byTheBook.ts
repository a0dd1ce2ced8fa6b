import { expect } from 'vitest';
import { Random } from '../../src/core/random';
import * as tf from '../../src/training/network/tf';

/** Random numbers, around zero where not said otherwise; the same for the same seed. */
export function numbers<T extends tf.Tensor>(shape: readonly number[], seed: number, low = -1, high = 1): T {
  const random = new Random(seed);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.uniform(low, high)),
    [...shape],
  ) as T;
}

/** Holds numbers to others, within 1e-4 of the largest of them or of one. */
export function expectClose(actual: tf.Tensor, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const [ours, theirs] = [actual.dataSync<'float32'>(), expected.dataSync<'float32'>()];
  const size = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  // What is compared should not be nothing.
  expect(theirs.some(value => value !== 0)).toBe(true);
  let difference = 0;
  for (let i = 0; i < theirs.length; i++) {
    const apart = Math.abs(ours[i]! - theirs[i]!);
    difference = apart <= difference ? difference : apart;
  }
  expect(difference).toBeLessThan(1e-4 * size);
}

/** What tfjs's plain JavaScript backend, and its tape, make of it. */
export function byTheBook<T extends tf.Tensor>(compute: () => T[]): T[] {
  const ours = tf.getBackend();
  // eslint-disable-next-line @typescript-eslint/no-floating-promises -- a backend that is already there is set at once
  tf.setBackend('cpu');
  try {
    return compute();
  } finally {
    // eslint-disable-next-line @typescript-eslint/no-floating-promises
    tf.setBackend(ours);
  }
}

/** The gradients of a function for its arguments, given that for its result. */
export const gradientsByTheBook = (f: (...x: tf.Tensor[]) => tf.Tensor, x: tf.Tensor[], dy: tf.Tensor): tf.Tensor[] =>
  byTheBook(() => tf.grads(f)(x, dy));
