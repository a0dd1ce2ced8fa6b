import fs from 'node:fs';
import Papa from 'papaparse';
import { drawTransform, transformImage } from '../src/core/augment';
import { readPixelFile } from '../src/store/pixelFile/readPixelFile';
import { chain } from '../src/core/network';
import { presets } from '../src/core/presets';
import { Random } from '../src/core/random';
import { loadNativeEngine } from '../src/training/engine/native';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { GraphRmsProp } from '../src/training/engine/graph/graphRmsProp';
import type { StepPlan } from '../src/training/network/gradients';
import { buildModel } from '../src/training/network/model';
import * as tf from '../src/training/network/tf';
import { median } from './lib/statistics.mjs';
import { profileStep } from './profile';

// Parts of a training beside what tfjs and papaparse have for them. Usage: measure.js TRAIN-FILE ROUNDS; prints objects
// whose `line` is for people.

const side = 28;
const preset = presets.notebook;
const { batchSize } = preset;

const say = (event: { readonly event: string } & Readonly<Record<string, unknown>>): void =>
  console.log(JSON.stringify(event));

async function milliseconds(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Times both in turns, so that what else the machine does hits both: peer / ours of each round. */
async function compare(rounds: number, ours: () => unknown, peer: () => unknown): Promise<number[]> {
  await ours();
  await peer();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) ratios.push((await milliseconds(peer)) / (await milliseconds(ours)));
  return ratios;
}

async function main(trainFile: string, rounds: number): Promise<void> {
  const tell = (what: string, ratios: readonly number[]): void =>
    say({ event: 'ratio', what, ratios, line: `${what}: ${median(ratios).toFixed(2)} times as fast` });
  tell(
    'Reading train.csv, beside papaparse streaming it',
    await compare(
      rounds,
      () => readPixelFile(trainFile),
      () =>
        new Promise(complete =>
          Papa.parse(fs.createReadStream(trainFile), { fastMode: true, step: () => undefined, complete }),
        ),
    ),
  );

  const {
    engine: { library, threads },
    binding,
  } = await loadNativeEngine();
  say({
    event: 'engine',
    versions: { tfjs: tf.version_core, library },
    line: `Engine: ${library}, ${threads} threads`,
  });
  const random = new Random(1);
  const bytes = Uint8Array.from({ length: batchSize * side * side }, () => random.uniform(0, 256));
  const images = Float32Array.from(bytes, byte => byte / 255);
  const classes = Int32Array.from({ length: batchSize }, (_, i) => i % 10);

  const layers = chain(preset.network, side, 0, 10);
  const peer = buildModel(layers, side, 1);
  const tensors = peer.weights.map(weight => ({ name: weight.name, shape: weight.shape as number[], trained: true }));
  const first = Float32Array.from(peer.weights.flatMap(weight => [...weight.read().dataSync()]));
  const step = trainingStep(
    binding,
    { layers, side, tensors, labelSmoothing: preset.labelSmoothing, images: batchSize },
    first,
    images,
    classes,
  );
  peer.compile({
    optimizer: tf.train.rmsprop(0.001, 0.9, 0, 1e-8),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const x = tf.tensor4d(images, [batchSize, side, side, 1]);
  const y = tf.oneHot(tf.tensor1d(classes, 'int32'), 10);
  const times = (count: number, work: () => unknown) => async (): Promise<void> => {
    for (let i = 0; i < count; i++) await work();
  };
  tell(
    "A training step of the notebook preset, beside tfjs's own trainOnBatch",
    await compare(
      rounds,
      times(10, step),
      times(10, () => peer.trainOnBatch(x, y)),
    ),
  );

  const augment = (): void => {
    for (let i = 0; i < batchSize; i++) {
      const from = i * side * side;
      transformImage(
        bytes,
        from,
        images,
        from,
        side,
        1 / 255,
        drawTransform(preset.augmentation!, side, new Random(1, 1, i)),
      );
    }
  };
  const shares: number[] = [];
  for (let round = 0; round < rounds; round++)
    shares.push((await milliseconds(times(10, augment))) / (await milliseconds(times(10, step))));
  const wholes: number[] = [];
  for (let i = 0; i < 10 * rounds; i++) wholes.push(await milliseconds(step));
  const whole = median(wholes);
  const profile = profileStep(
    binding,
    layers,
    side,
    batchSize,
    tensors.map(({ shape }) => shape),
    rounds,
  ).map(([what, spent]) => ({ what, share: spent / whole }));
  say({
    event: 'profile',
    profile,
    line: `Most of a step is ${profile[0]!.what}, by themselves ${(profile[0]!.share * 100).toFixed(0)} % of it`,
  });
  say({
    event: 'augmentation',
    shares,
    line: `Augmenting a batch takes ${(median(shares) * 100).toFixed(1)} % of its training step`,
  });
}

/** A step as the training process takes it. */
function trainingStep(
  binding: TFJSBinding,
  plan: StepPlan,
  weights: Float32Array,
  images: Float32Array,
  classes: Int32Array,
): () => void {
  const training = GraphRmsProp.make(binding, plan, preset.optimizer as Parameters<typeof GraphRmsProp.make>[2], {
    weights,
    secondMoments: new Float32Array(weights.length),
  });
  let steps = 0;
  return () => training.step(images, classes, [1, ++steps], 0.001);
}

void main(process.argv[2]!, Number(process.argv[3]));
