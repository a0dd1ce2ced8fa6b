import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { beforeAll, describe, expect, it } from 'vitest';
import { chain, type LayerSpec } from '../../src/core/network';
import { presets } from '../../src/core/presets';
import { Random } from '../../src/core/random';
import { Graph } from '../../src/training/engine/graph/graph';
import { GraphGradients } from '../../src/training/engine/graph/graphGradients';
import { graphKernels } from '../../src/training/engine/graph/graphKernels';
import { GraphSession } from '../../src/training/engine/graph/session';
import { loadNativeEngine } from '../../src/training/engine/native';
import { buildModel, summarise } from '../../src/training/network/model';
import * as tf from '../../src/training/network/tf';
import { stepOf } from './stepOf';

let binding: TFJSBinding;
beforeAll(async () => {
  ({ binding } = await loadNativeEngine());
});

const side = 12;
const classes = 4;
// Every kind of layer; the crop is added to them.
const network: LayerSpec[] = [
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
const layers = chain(network, side, 1, classes);

function batch(n: number) {
  const random = new Random(3);
  const images = Float32Array.from({ length: n * side * side }, () => random.uniform(0, 1));
  return { images, labels: Int32Array.from({ length: n }, (_, i) => i % classes) };
}

const newModel = (): tf.LayersModel => buildModel(layers, side, 1);

/** The mask that a layer draws. */
function maskOf(shape: readonly number[], rate: number, layer: number, seed: readonly [number, number]): Float32Array {
  const graph = new Graph();
  graph.output('mask', graphKernels(graph, graph.input('seed', 'int32', [2])).dropoutMask(shape, rate, layer));
  const session = GraphSession.load(binding, graph);
  const [mask] = session.run([{ name: 'seed', shape: [2], values: Int32Array.from(seed) }], ['mask']);
  session.dispose();
  return mask!;
}

/** A model with the masks that the seed [1, 1] draws for so many images: its output. */
function withMasks(model: tf.LayersModel, n: number): (x: tf.Tensor) => tf.Tensor {
  const masks = model.layers.map((layer, index) => {
    const spec = layers[index]!;
    const shape = [n, ...(layer.outputShape as number[]).slice(1)];
    return spec.type === 'dropout' ? tf.tensor(maskOf(shape, spec.rate, index, [1, 1]), shape) : undefined;
  });
  return x =>
    model.layers.reduce(
      (input, layer, index) =>
        masks[index] ? tf.mul(input, masks[index]) : (layer.apply(input, { training: true }) as tf.Tensor),
      x,
    );
}

describe('a training step', () => {
  it.each([0, 0.1])('has the gradients that tfjs finds by itself, labels smoothed by %d', labelSmoothing => {
    const model = newModel();
    const forward = withMasks(model, 9);
    const { images, labels } = batch(9);
    const x = tf.tensor4d(images, [9, side, side, 1]);
    const expected = tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () =>
          tf.losses
            .softmaxCrossEntropy(
              tf.oneHot(tf.tensor1d(labels, 'int32'), classes),
              tf.log(forward(x) as tf.Tensor2D),
              undefined,
              labelSmoothing,
            )
            .asScalar(),
        model.trainableWeights.map(weight => weight.read() as tf.Variable),
      );
      return Object.values(grads).map(gradient => tf.keep(gradient));
    });

    const { plan, weights } = stepOf(model, layers, side, 9, labelSmoothing);
    const { gradients, loss } = GraphGradients.make(binding, plan).find(weights, images, labels, [1, 1]);
    let from = 0;
    expected.forEach(tensor => {
      const wanted = tensor.dataSync();
      const actual = gradients.subarray(from, (from += wanted.length));
      const size = Math.max(...wanted.map(Math.abs));
      expect(size).toBeGreaterThan(1e-4);
      actual.forEach((value, j) => expect(Math.abs(value - wanted[j]!)).toBeLessThan(1e-3 * size + 1e-6));
    });

    // Behind them, what batch normalisation saw: the means and unbiased variances of its channels.
    const beforeNorm = [0, 1, 2].reduce<tf.Tensor>((input, i) => model.layers[i]!.apply(input) as tf.Tensor, x);
    const { mean, variance } = tf.moments(beforeNorm, [0, 1, 2]);
    const n = beforeNorm.size / 6;
    [...mean.dataSync(), ...variance.dataSync().map(value => (value * n) / (n - 1))].forEach((value, i) =>
      expect(gradients[from + i]).toBeCloseTo(value, 4),
    );
    expect(gradients).toHaveLength(from + 12);

    // The loss is that of the true class, smoothed or not.
    const logarithms = tf.log(forward(x) as tf.Tensor2D).arraySync() as number[][];
    expect(loss).toBeCloseTo(
      logarithms.reduce((sum, row, i) => sum - row[labels[i]!]!, 0),
      3,
    );
  });

  it('drops the share of units that was asked for, scales the others, and repeats itself', () => {
    const mask = maskOf([200, 100], 0.25, 2, [5, 1]);
    const dropped = mask.filter(value => value === 0).length / mask.length;
    expect(dropped).toBeGreaterThan(0.23);
    expect(dropped).toBeLessThan(0.27);
    expect([...new Set(mask)].sort()).toEqual([0, Math.fround(1 / 0.75)]);
    expect(maskOf([200, 100], 0.25, 2, [5, 1])).toEqual(mask);
    expect(maskOf([200, 100], 0.25, 2, [5, 2])).not.toEqual(mask);
    expect(maskOf([200, 100], 0.25, 3, [5, 1])).not.toEqual(mask);
  });

  it('leaves no tensors behind', () => {
    const held = new Set<number>();
    const calls: Partial<TFJSBinding> = {
      createTensor: (...tensor) => {
        const id = binding.createTensor(...tensor);
        held.add(id);
        return id;
      },
      runSavedModel: (...run) => {
        const outputs = binding.runSavedModel(...run);
        for (const { id } of outputs) held.add(id);
        return outputs;
      },
      deleteTensor: id => {
        expect(held.delete(id)).toBe(true);
        binding.deleteTensor(id);
      },
    };
    const watched = Object.create(
      binding,
      Object.fromEntries(Object.entries(calls).map(([name, value]) => [name, { value }])),
    ) as TFJSBinding;
    const { plan, weights } = stepOf(newModel(), layers, side, 8);
    const { images, labels } = batch(8);
    const finder = GraphGradients.make(watched, plan);
    for (let i = 0; i < 5; i++) finder.find(weights, images, labels, [1, i]);
    expect(held.size).toBe(0);
    finder.dispose();
    expect(() => finder.find(weights, images, labels, [1, 1])).toThrow();
    expect(held.size).toBe(0);
  });
});

describe('the notebook preset', () => {
  it("is the notebook's network: 887,530 parameters, layer by layer", () => {
    const counts = summarise(buildModel(chain(presets.notebook.network, 28, 0, 10), 28, 2)).map(
      layer => layer.parameters,
    );
    expect(counts).toEqual([832, 25_632, 0, 0, 18_496, 36_928, 0, 0, 0, 803_072, 0, 2_570]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(887_530);
  });
});
