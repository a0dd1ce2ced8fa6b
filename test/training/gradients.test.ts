import { beforeAll, describe, expect, it } from 'vitest';
import type { Preset } from '../../src/core/presets';
import { presets } from '../../src/core/presets';
import { Random } from '../../src/core/random';
import type { Kernels } from '../../src/training/engine/kernels';
import { loadNativeEngine } from '../../src/training/engine/native';
import { nativeKernels } from '../../src/training/engine/nativeKernels';
import { buildModel, chain, summarise } from '../../src/training/network/model';
import { makeOptimizer } from '../../src/training/network/optimizer';
import { Trainer } from '../../src/training/network/trainer';
import * as tf from '../../src/training/tf';

let kernels: Kernels;
beforeAll(async () => {
  await loadNativeEngine();
  kernels = nativeKernels();
});

const side = 12;
const classes = 4;
// Every kind of layer (the crop is added to them); plain gradient descent in the guise of RMSprop would hide a wrong scale, so the gradients are read off its update.
const network: Preset['network'] = [
  { type: 'conv', filters: 5, size: 5, padding: 'same', activation: 'relu' },
  { type: 'conv', filters: 6, size: 3, padding: 'valid', activation: 'none' },
  { type: 'batchNorm' },
  { type: 'relu' },
  { type: 'maxPool' },
  { type: 'dropout', rate: 0.25 },
  { type: 'flatten' },
  { type: 'dense', units: 7, activation: 'relu' },
  { type: 'dropout', rate: 0.5 },
];
const layers = chain(network, 1, classes);
const { optimizer } = presets.notebook;

function batch(n: number) {
  const random = new Random(3);
  const images = Float32Array.from({ length: n * side * side }, () => random.uniform(0, 1));
  return { images, labels: Int32Array.from({ length: n }, (_, i) => i % classes) };
}

const newModel = (): tf.LayersModel => buildModel(layers, side, 1);
const newTrainer = (model: tf.LayersModel, spec: Preset['optimizer'] = optimizer, labelSmoothing = 0): Trainer => new Trainer(model, layers, { optimizer: spec, labelSmoothing }, kernels, 1);

/** The model's output with the masks that the first step of a trainer with seed 1 draws. */
function forward(model: tf.LayersModel, x: tf.Tensor): tf.Tensor {
  return model.layers.reduce((input, layer, index) => {
    const spec = layers[index]!;
    if (spec.type === 'dropout') return tf.mul(input, kernels.dropoutMask(input.shape, spec.rate, [1000 + index, 1]));
    return layer.apply(input, { training: true }) as tf.Tensor;
  }, x);
}

describe('a training step', () => {
  it.each([0, 0.1])('has the gradients that tfjs finds by itself, labels smoothed by %d', labelSmoothing => {
    const model = newModel();
    const { images, labels } = batch(9);
    const variables = model.trainableWeights.map(weight => weight.read().clone());
    const x = tf.tensor4d(images, [9, side, side, 1]);
    const expected = tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), tf.log(forward(model, x) as tf.Tensor2D), undefined, labelSmoothing).asScalar(),
        model.trainableWeights.map(weight => weight.read() as tf.Variable),
      );
      return Object.values(grads).map(gradient => tf.keep(gradient));
    });

    // The first update of RMSprop is rate * g / sqrt((1 - decay) * g^2 + epsilon); with a large epsilon, rate * g / sqrt(epsilon).
    const epsilon = 1e6;
    newTrainer(model, { type: 'rmsProp', decay: 0.9, epsilon }, labelSmoothing).step(images, labels, side, 1000);
    model.trainableWeights.forEach((weight, i) => {
      const actual = tf.sub(variables[i]!, weight.read());
      const difference = tf.max(tf.abs(tf.sub(actual, expected[i]!))).dataSync()[0]!;
      const size = tf.max(tf.abs(expected[i]!)).dataSync()[0]!;
      expect(size).toBeGreaterThan(1e-4);
      expect(difference).toBeLessThan(1e-3 * size + 1e-6);
    });
  });

  it('drops the share of units that was asked for, scales the others, and repeats itself', () => {
    const mask = kernels.dropoutMask([200, 100], 0.25, [5, 1]).dataSync();
    const dropped = mask.filter(value => value === 0).length / mask.length;
    expect(dropped).toBeGreaterThan(0.23);
    expect(dropped).toBeLessThan(0.27);
    expect([...new Set(mask)].sort()).toEqual([0, Math.fround(1 / 0.75)]);
    expect(kernels.dropoutMask([200, 100], 0.25, [5, 1]).dataSync()).toEqual(mask);
    expect(kernels.dropoutMask([200, 100], 0.25, [5, 2]).dataSync()).not.toEqual(mask);
  });

  it('learns: steps on one batch lower its loss', () => {
    const model = newModel();
    const { images, labels } = batch(16);
    const trainer = newTrainer(model);
    const losses = Array.from({ length: 150 }, () => trainer.step(images, labels, side, 0.003).loss);
    expect(Math.min(...losses.slice(-10))).toBeLessThan(losses[0]! / 3);
  });

  it('leaves no tensors behind', () => {
    const model = newModel();
    const { images, labels } = batch(8);
    const trainer = newTrainer(model);
    trainer.step(images, labels, side, 0.001);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) trainer.step(images, labels, side, 0.001);
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before - model.trainableWeights.length);
  });
});

describe('Adam', () => {
  it('moves weights as tfjs\'s own does', () => {
    const weight = tf.variable(tf.tensor2d([[1, -2], [3, 0.5]]));
    const peer = tf.train.adam(0.1, 0.9, 0.95, 1e-8);
    const ours = makeOptimizer({ type: 'adam', beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0 });
    let actual: tf.Tensor = weight.clone();
    for (let step = 0; step < 5; step++) {
      const gradient = tf.tensor2d([[0.1 * step - 0.2, 2], [-1, 0.01]]);
      peer.applyGradients([{ name: weight.name, tensor: gradient }]);
      ours.beginStep();
      actual = ours.update(0, actual, gradient, 0.1);
    }
    expect(tf.max(tf.abs(tf.sub(actual, weight))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('takes a share off the weights of kernels, and none off biases', () => {
    const optimizer = makeOptimizer({ type: 'adam', beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.5 });
    optimizer.beginStep();
    expect([...optimizer.update(0, tf.tensor2d([[2]]), tf.tensor2d([[0]]), 0.1).dataSync()]).toEqual([Math.fround(1.9)]);
    expect([...optimizer.update(1, tf.tensor1d([2]), tf.tensor1d([0]), 0.1).dataSync()]).toEqual([2]);
  });
});

describe('the notebook preset', () => {
  it('is the notebook\'s network: 887,530 parameters, layer by layer', () => {
    const counts = summarise(buildModel(chain(presets.notebook.network, 0, 10), 28, 2)).map(layer => layer.parameters);
    expect(counts).toEqual([832, 25_632, 0, 0, 18_496, 36_928, 0, 0, 0, 803_072, 0, 2_570]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(887_530);
  });
});
