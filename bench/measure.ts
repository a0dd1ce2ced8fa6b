import fs from 'node:fs';
import Papa from 'papaparse';
import { drawMove, moveImage } from '../src/core/augment';
import { readPixelFile } from '../src/core/csv/readPixelFile';
import { presets } from '../src/core/presets';
import { Random } from '../src/core/random';
import { loadNativeEngine } from '../src/training/engine/native';
import { nativeKernels } from '../src/training/engine/nativeKernels';
import { buildModel, chain } from '../src/training/network/model';
import { Trainer } from '../src/training/network/trainer';
import * as tf from '../src/training/tf';

const rounds = 5;
const side = 28;
const preset = presets.notebook;
const { batchSize } = preset;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function milliseconds(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Measures both in turns, so that what else the machine does hits both, and prints the median of the ratios and their range. */
async function compare(what: string, ours: () => unknown, peer: () => unknown): Promise<void> {
  await ours();
  await peer();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) ratios.push((await milliseconds(peer)) / (await milliseconds(ours)));
  console.log(`${what}: ${median(ratios).toFixed(2)} times as fast (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}, ${rounds} rounds)`);
}

async function main(trainFile: string): Promise<void> {
  await compare(
    'Reading train.csv, beside papaparse streaming it',
    () => readPixelFile(trainFile),
    () => new Promise(complete => Papa.parse(fs.createReadStream(trainFile), { fastMode: true, step: () => undefined, complete })),
  );

  const engine = await loadNativeEngine();
  console.log(`Engine: ${engine.library}, ${engine.threads} threads`);
  const random = new Random(1);
  const bytes = Uint8Array.from({ length: batchSize * side * side }, () => random.uniform(0, 256));
  const images = Float32Array.from(bytes, byte => byte / 255);
  const classes = Int32Array.from({ length: batchSize }, (_, i) => i % 10);

  const layers = chain(preset.network, 0, 10);
  const trainer = new Trainer(buildModel(layers, side, 1), layers, preset, nativeKernels(), 1);
  const step = (): unknown => trainer.step(images, classes, side, 0.001);
  const peer = buildModel(layers, side, 1);
  peer.compile({ optimizer: tf.train.rmsprop(0.001, 0.9, 0, 1e-8), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const x = tf.tensor4d(images, [batchSize, side, side, 1]);
  const y = tf.oneHot(tf.tensor1d(classes, 'int32'), 10);
  const times = (count: number, work: () => unknown) => async (): Promise<void> => {
    for (let i = 0; i < count; i++) await work();
  };
  await compare('A training step of the notebook preset, beside tfjs\'s own trainOnBatch', times(10, step), times(10, () => peer.trainOnBatch(x, y)));

  const augment = (): void => {
    for (let i = 0; i < batchSize; i++) {
      const from = i * side * side;
      moveImage(bytes, from, images, from, side, 1 / 255, drawMove(preset.augmentation!, side, new Random(1, 1, i)));
    }
  };
  const shares: number[] = [];
  for (let round = 0; round < rounds; round++) shares.push((await milliseconds(times(10, augment))) / (await milliseconds(times(10, step))));
  console.log(`Augmenting a batch takes ${(median(shares) * 100).toFixed(1)} % of its training step`);
}

void main(process.argv[2]!);
