import { beforeAll, describe, expect, it } from 'vitest';
import type { Preset } from '../../src/core/presets';
import { presets } from '../../src/core/presets';
import { Random } from '../../src/core/random';
import type { Kernels } from '../../src/training/engine/kernels';
import { loadNativeEngine } from '../../src/training/engine/native';
import { nativeKernels } from '../../src/training/engine/nativeKernels';
import { buildModel, summarise } from '../../src/training/network/model';
import { Trainer } from '../../src/training/network/trainer';
import * as tf from '../../src/training/tf';

let kernels: Kernels;
beforeAll(async () => {
  await loadNativeEngine();
  kernels = nativeKernels();
});

const side = 12;
const classes = 4;
// Every kind of layer; plain gradient descent in the guise of RMSprop would hide a wrong scale, so the gradients are read off its update.
const network: Preset['network'] = [
  { type: 'conv', filters: 5, size: 5 },
  { type: 'conv', filters: 6, size: 3 },
  { type: 'maxPool' },
  { type: 'dropout', rate: 0.25 },
  { type: 'flatten' },
  { type: 'dense', units: 7 },
  { type: 'dropout', rate: 0.5 },
];
const preset: Preset = { ...presets.notebook, network };

function batch(n: number) {
  const random = new Random(3);
  const images = Float32Array.from({ length: n * side * side }, () => random.uniform(0, 1));
  return { images, labels: Int32Array.from({ length: n }, (_, i) => i % classes) };
}

/** The model's output with the masks that the first step of a trainer with seed 1 draws. */
function forward(model: tf.LayersModel, x: tf.Tensor): tf.Tensor {
  return model.layers.reduce((input, layer, index) => {
    const spec = network[index];
    return spec?.type === 'dropout' ? tf.mul(input, kernels.dropoutMask(input.shape, spec.rate, [1000 + index, 1])) : (layer.apply(input) as tf.Tensor);
  }, x);
}

describe('a training step', () => {
  it('has the gradients that tfjs finds by itself', () => {
    const model = buildModel(network, side, classes, 1);
    const { images, labels } = batch(9);
    const variables = model.trainableWeights.map(weight => weight.read().clone());
    const x = tf.tensor4d(images, [9, side, side, 1]);
    const expected = tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), tf.log(forward(model, x) as tf.Tensor2D)).asScalar(),
        model.trainableWeights.map(weight => weight.read() as tf.Variable),
      );
      return Object.values(grads).map(gradient => tf.keep(gradient));
    });

    // The first update of RMSprop is rate * g / sqrt((1 - decay) * g^2 + epsilon); with a large epsilon, rate * g / sqrt(epsilon).
    const epsilon = 1e6;
    const trainer = new Trainer(model, { ...preset, optimizer: { learningRate: 1, decay: 0.9, epsilon } }, kernels, 1);
    trainer.step(images, labels, side, 1000);
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
    const model = buildModel(network, side, classes, 1);
    const { images, labels } = batch(16);
    const trainer = new Trainer(model, preset, kernels, 1);
    const losses = Array.from({ length: 150 }, () => trainer.step(images, labels, side, 0.003).loss);
    expect(Math.min(...losses.slice(-10))).toBeLessThan(losses[0]! / 3);
  });

  it('leaves no tensors behind', () => {
    const model = buildModel(presets.notebook.network, side, classes, 1);
    const { images, labels } = batch(8);
    const trainer = new Trainer(model, presets.notebook, kernels, 1);
    trainer.step(images, labels, side, 0.001);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) trainer.step(images, labels, side, 0.001);
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before - model.trainableWeights.length);
  });
});

describe('the notebook preset', () => {
  it('is the notebook\'s network: 887,530 parameters, layer by layer', () => {
    const layers = summarise(buildModel(presets.notebook.network, 28, 10, 2)).map(layer => layer.parameters);
    expect(layers).toEqual([832, 25_632, 0, 0, 18_496, 36_928, 0, 0, 0, 803_072, 0, 2_570]);
    expect(layers.reduce((sum, count) => sum + count)).toBe(887_530);
  });
});
