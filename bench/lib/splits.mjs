// MNIST's 70,000 images, split to choose by and to report on. Of the sample's shuffle the last 28,000 images, its test.csv,
// are what the presets were chosen by: two development test sets. Three final test sets are of the
// other 42,000. No image is in two test sets; each split trains on 42,000 images that its own test set does not have.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readMnist, shuffledIndices, toCsv } from '../../scripts/lib/mnist.mjs';

export const TEST_ROWS = 14_000;
const TRAIN_ROWS = 42_000;
const IMAGES = 70_000;
/** The sample's own shuffle, and one for the training images of each split. */
const SAMPLE_SEED = 1;
const TRAINING_SEED = 100;

/** Names of the splits, and which of the five parts of 14,000 images each is tested on. */
export const splits = {
  development: { 'development 1': 3, 'development 2': 4 },
  final: { 'final 1': 0, 'final 2': 1, 'final 3': 2 },
};

/** Indices of a split's images among MNIST's 70,000. */
export function splitIndices(name) {
  const part = { ...splits.development, ...splits.final }[name];
  const order = shuffledIndices(IMAGES, SAMPLE_SEED);
  const from = part * TEST_ROWS;
  const test = order.subarray(from, from + TEST_ROWS);
  const others = Uint32Array.from([...order.subarray(0, from), ...order.subarray(from + TEST_ROWS)]);
  const train = shuffledIndices(others.length, TRAINING_SEED + part)
    .subarray(0, TRAIN_ROWS)
    .map(i => others[i]);
  return { train, test };
}

/** Writes train.csv and test.csv of a split into a folder of its own, which goes with this process; `answers` are the test images' labels. */
export async function makeSplit(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-split-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const mnist = await readMnist();
  const { train, test } = splitIndices(name);
  fs.writeFileSync(path.join(folder, 'train.csv'), toCsv(mnist, train, { withLabels: true }));
  fs.writeFileSync(path.join(folder, 'test.csv'), toCsv(mnist, test, { withLabels: false }));
  return { folder, answers: Array.from(test, row => String(mnist.labels[row])) };
}
