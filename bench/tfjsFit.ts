import path from 'node:path';
import readline from 'node:readline';
import { readPixelFile } from '../src/store/pixelFile/readPixelFile';
import { loadNativeEngine } from '../src/training/engine/native';
import * as tf from '../src/training/network/tf';

// tfjs as its users have it: the notebook's network of standard layers, and `fit`, on the same TensorFlow as Digits.
// It has no augmentation to offer. Usage: tfjsFit.js FOLDER; an epoch and a prediction for each line of standard input.

const side = 28;
const batchSize = 64;

const say = (event: Readonly<Record<string, unknown>>): void => console.log(JSON.stringify(event));

function network(): tf.Sequential {
  const conv = (filters: number, kernelSize: number): tf.layers.Layer =>
    tf.layers.conv2d({ filters, kernelSize, padding: 'same', activation: 'relu' });
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        filters: 32,
        kernelSize: 5,
        padding: 'same',
        activation: 'relu',
        inputShape: [side, side, 1],
      }),
      conv(32, 5),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.dropout({ rate: 0.25 }),
      conv(64, 3),
      conv(64, 3),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.dropout({ rate: 0.25 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 256, activation: 'relu' }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({
    optimizer: tf.train.rmsprop(0.001, 0.9, 0, 1e-8),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

async function read(file: string) {
  const { pixels, labels } = await readPixelFile(file);
  const images = tf.tidy(() =>
    tf.div<tf.Tensor4D>(tf.tensor4d(Float32Array.from(pixels), [pixels.length / (side * side), side, side, 1]), 255),
  );
  return { images, labels };
}

async function main(folder: string): Promise<void> {
  const {
    engine: { library },
  } = await loadNativeEngine();
  const train = await read(path.join(folder, 'train.csv'));
  const test = await read(path.join(folder, 'test.csv'));
  const classes = tf.oneHot(tf.tensor1d(Int32Array.from(train.labels!, Number), 'int32'), 10);
  const model = network();
  say({
    event: 'ready',
    parameters: model.countParams(),
    trainingRows: train.images.shape[0],
    versions: { tfjs: tf.version_core, library },
  });

  const timed = async (work: () => unknown): Promise<number> => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line === '') continue;
    const trainSeconds = await timed(() => model.fit(train.images, classes, { batchSize, epochs: 1, verbose: 0 }));
    const predictSeconds = await timed(() =>
      tf.tidy(() => tf.argMax(model.predict(test.images) as tf.Tensor, 1).dataSync()),
    );
    say({
      event: 'round',
      trainImages: train.images.shape[0],
      trainSeconds,
      predictImages: test.images.shape[0],
      predictSeconds,
    });
  }
}

void main(process.argv[2]!);
