import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm/dist/flags_wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { chain, type LayerSpec } from '../../src/core/network';
import { makeOptimizer } from '../../src/core/optimizer';
import { presets } from '../../src/core/presets';
import { Random } from '../../src/core/random';
import type { Kernels, Padding } from '../../src/training/network/kernels';
import { loadPortableEngine } from '../../src/training/engine/portable';
import { portableKernels } from '../../src/training/engine/portableKernels';
import { TensorGradients, type TensorKernels } from '../../src/training/engine/tensorGradients';
import { buildModel } from '../../src/training/network/model';
import * as tf from '../../src/training/network/tf';
import { byTheBook, expectClose, gradientsByTheBook, numbers } from './byTheBook';
import { stepOf } from './stepOf';

const binaries = path.resolve(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-backend-wasm/dist');

describe.each([{ simd: true }, { simd: false }])('the portable engine, SIMD $simd', ({ simd }) => {
  let kernelsOf: TensorKernels;
  let kernels: Kernels<tf.Tensor>;
  beforeAll(async () => {
    tf.env().set('WASM_HAS_SIMD_SUPPORT', simd);
    const before = tf.findBackend('wasm') as tf.KernelBackend | null;
    if (before) {
      // Emscripten's way to end a module takes vitest's listeners for errors with it.
      before.dispose = () => undefined;
      tf.removeBackend('wasm');
    }
    const engine = await loadPortableEngine(binaries);
    expect(engine).toMatchObject({
      name: 'portable',
      library: simd ? 'tfjs WebAssembly 4.22.0 (SIMD)' : 'tfjs WebAssembly 4.22.0',
      threads: 1,
    });
    kernelsOf = portableKernels();
    kernels = kernelsOf([1, 1]);
  });

  describe('convolves and finds the gradients as tfjs does', () => {
    it.each<
      [padding: Padding, size: number, images: number, height: number, width: number, channels: number, filters: number]
    >([
      ['valid', 3, 2, 12, 11, 5, 7],
      ['same', 3, 3, 7, 8, 16, 10],
      ['valid', 5, 2, 6, 9, 1, 13],
      ['same', 5, 2, 9, 7, 3, 6],
      // Smaller than its kernel; an even kernel, whose border is wider on one side; one result an image.
      ['same', 5, 2, 3, 2, 4, 8],
      ['same', 2, 2, 5, 5, 4, 4],
      ['valid', 3, 5, 3, 3, 32, 24],
      // Gone over in several parts.
      ['valid', 3, 5, 22, 23, 16, 16],
      ['same', 3, 5, 20, 20, 16, 20],
    ])(
      '%s, kernel %d, images %d x %d x %d, channels %d to %d',
      (padding, size, images, height, width, channels, filters) => {
        const x = numbers<tf.Tensor4D>([images, height, width, channels], 1);
        const kernel = numbers<tf.Tensor4D>([size, size, channels, filters], 2);
        const convolve = (...[x, kernel]: tf.Tensor[]): tf.Tensor =>
          tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, padding);
        const [y] = byTheBook(() => [convolve(x, kernel)]);
        expectClose(kernels.conv(x, kernel, padding), y!);

        const dy = numbers<tf.Tensor4D>(y!.shape, 3);
        const [dx, dKernel] = gradientsByTheBook(convolve, [x, kernel], dy);
        expectClose(kernels.convInputGradient(x.shape, dy, kernel, padding), dx!);
        expectClose(kernels.convKernelGradient(x, dy, kernel.shape, padding), dKernel!);
      },
    );
  });

  // As many channels as are computed at once, and remainders.
  it.each([1, 3, 4, 21, 32])('adds a bias, and finds gradients of bias and ReLU, of %d channels', channels => {
    const x = numbers<tf.Tensor4D>([3, 5, 4, channels], 1);
    const bias = numbers<tf.Tensor1D>([channels], 2);
    const dy = numbers<tf.Tensor4D>(x.shape, 3);
    const active = (...[x, bias]: tf.Tensor[]): tf.Tensor => tf.relu(tf.add(x!, bias!));
    const [y] = byTheBook(() => [active(x, bias)]);
    expectClose(kernels.biasRelu(x, bias), y!);
    const [dx, dBias] = gradientsByTheBook(active, [x, bias], dy);
    const dz = kernels.reluGradient(dy, kernels.biasRelu(x, bias));
    expectClose(dz, dx!);
    expectClose(kernels.biasGradient(dz), dBias!);
  });

  it('has no gradient where ReLU gave zero', () => {
    expect([...kernels.reluGradient(tf.tensor1d([1, 2, 3, 4, 5]), tf.tensor1d([0, 1, 0, 0, 2])).dataSync()]).toEqual([
      0, 2, 0, 0, 5,
    ]);
  });

  it("sums a bias's gradient over rows", () => {
    expect([
      ...kernels
        .biasGradient(
          tf.tensor2d([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        )
        .dataSync(),
    ]).toEqual([5, 7, 9]);
  });

  describe('finds the gradient of max pools', () => {
    it.each([
      ['of maxima on both sides of zero', 8, 6, 5, -1, 1],
      ['where no maximum is positive', 8, 6, 4, -2, -1],
      ['of odd sizes', 7, 5, 19, -1, 0],
    ])('%s', (_, height, width, channels, low, high) => {
      const x = numbers<tf.Tensor4D>([3, height, width, channels], 1, low, high);
      const pool = (...[x]: tf.Tensor[]): tf.Tensor4D => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
      const y = pool(x);
      const dy = numbers<tf.Tensor4D>(y.shape, 2);
      // What was there before must not show where no window is.
      tf.fill(x.shape, 7).dispose();
      expectClose(kernels.maxPoolGradient(dy, x, y), gradientsByTheBook(pool, [x], dy)[0]!);
    });

    it('for the first of equal maxima alone', () => {
      const x = tf.tensor4d([0, 3, 3, 3], [1, 2, 2, 1]);
      expect([
        ...kernels.maxPoolGradient(tf.tensor4d([5], [1, 1, 1, 1]), x, tf.maxPool(x, 2, 2, 'valid')).dataSync(),
      ]).toEqual([0, 5, 0, 0]);
    });
  });

  describe("normalises batches as tfjs's own operations do", () => {
    const epsilon = 1e-3;
    const normalise = (...[x, gamma, beta]: tf.Tensor[]): tf.Tensor => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.add(tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, epsilon))), gamma!), beta!);
    };

    it.each([1, 6, 16, 23])('%d channels', channels => {
      const x = numbers<tf.Tensor4D>([4, 5, 3, channels], 1, -1, 2);
      const [gamma, beta] = [numbers<tf.Tensor1D>([channels], 2, 0.5, 2), numbers<tf.Tensor1D>([channels], 3)];
      const dy = numbers<tf.Tensor4D>(x.shape, 4);
      const { y, mean, variance, gradient } = kernels.batchNorm(x, gamma, beta, epsilon);
      const [expected, expectedMean, expectedVariance] = byTheBook(() => {
        const moments = tf.moments(x, [0, 1, 2]);
        return [normalise(x, gamma, beta), moments.mean, tf.mul(moments.variance, 60 / 59)];
      });
      expectClose(y, expected!);
      expectClose(mean, expectedMean!);
      expectClose(variance, expectedVariance!);
      const [dx, dGamma, dBeta] = gradientsByTheBook(normalise, [x, gamma, beta], dy);
      // Another layer of more channels comes between a layer and its gradient.
      const between = numbers<tf.Tensor4D>([2, 2, 2, 2 * channels + 40], 5);
      kernels.batchNorm(between, tf.ones([2 * channels + 40]), tf.zeros([2 * channels + 40]), epsilon);
      const found = gradient(dy);
      expectClose(found.dx, dx!);
      expectClose(found.gamma, dGamma!);
      expectClose(found.beta, dBeta!);
    });

    it('far from zero, where squares lose the variance', () => {
      const x = tf.add(numbers<tf.Tensor4D>([16, 20, 20, 4], 1, -0.1, 0.1), 300) as tf.Tensor4D;
      const { variance } = kernels.batchNorm(x, tf.ones([4]), tf.zeros([4]), epsilon);
      for (const value of variance.dataSync()) expect(Math.abs(value / (0.2 ** 2 / 12) - 1)).toBeLessThan(0.02);
    });
  });

  it('finds the gradient of softmax cross-entropy, of large logits too', () => {
    const logits = tf.concat([numbers<tf.Tensor2D>([5, 7], 1, -3, 3), tf.tensor2d([[900, -900, 0, 0, 0, 0, 899]])]);
    const targets = tf.add(tf.mul(tf.oneHot(tf.tensor1d([0, 1, 2, 3, 6, 0], 'int32'), 7), 0.9), 0.1 / 7) as tf.Tensor2D;
    const loss = (...[logits]: tf.Tensor[]): tf.Tensor => tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits!)), 1));
    const found = kernels.crossEntropyGradient(logits, targets);
    expectClose(found, gradientsByTheBook(loss, [logits], tf.fill([6], 1 / 6))[0]!);
  });

  it('multiplies matrices, transposed or not', () => {
    const [a, b] = [numbers<tf.Tensor2D>([9, 13], 1), numbers<tf.Tensor2D>([13, 10], 2)];
    const [expected] = byTheBook(() => [tf.matMul(a, b)]);
    expectClose(tf.matMul(a, b), expected!);
    expectClose(tf.matMul(tf.transpose(a), b, true), expected!);
    expectClose(tf.matMul(a, tf.transpose(b), false, true), expected!);
    expectClose(tf.matMul(tf.transpose(a), tf.transpose(b), true, true), expected!);
    const batch = (x: tf.Tensor2D): tf.Tensor3D => tf.reshape(tf.transpose(x), [1, x.shape[1], x.shape[0]]);
    expectClose(tf.matMul(batch(a), batch(tf.transpose(b)), true), tf.expandDims(expected!, 0));
  });

  it('drops the share of units that was asked for, scales the others, and repeats itself', () => {
    const draw = (...seed: [number, number]): ArrayLike<number> & Iterable<number> =>
      kernelsOf(seed).dropoutMask([200, 100], 0.25, 2).dataSync();
    const mask = draw(3, 1);
    expect([...mask].filter(value => value === 0).length / mask.length).toBeCloseTo(0.25, 1);
    expect([...new Set(mask)].sort()).toEqual([0, Math.fround(1 / 0.75)]);
    expect(draw(3, 1)).toEqual(mask);
    expect(draw(3, 2)).not.toEqual(mask);
  });

  describe('trains', () => {
    const side = 12;
    const classes = 4;
    // Every kind of layer; the crop is added to them.
    const network: LayerSpec[] = [
      { type: 'conv', filters: 5, size: 5, padding: 'same', activation: 'relu' },
      { type: 'conv', filters: 6, size: 3, padding: 'valid', activation: 'none' },
      { type: 'maxPool' },
      { type: 'batchNorm' },
      { type: 'relu' },
      { type: 'dropout', rate: 0.25 },
      { type: 'flatten' },
      { type: 'dense', units: 7, activation: 'relu' },
    ];
    const layers = chain(network, side, 1, classes);
    const random = new Random(3);
    const images = Float32Array.from({ length: 16 * side * side }, () => random.uniform(0, 1));
    const labels = Int32Array.from({ length: 16 }, (_, i) => i % classes);
    const train = (
      steps: number,
    ): { readonly model: tf.LayersModel; readonly step: () => number; readonly losses: number[] } => {
      const model = buildModel(layers, side, 1);
      const { plan, weights } = stepOf(model, layers, side, 16, 0.1);
      const finder = new TensorGradients(plan, kernelsOf);
      const optimizer = makeOptimizer(presets.quick.optimizer, plan.tensors);
      let count = 0;
      const step = (): number => {
        const { gradients, loss } = finder.find(weights, images, labels, [1, ++count]);
        optimizer.update(weights, gradients, 0.003);
        let from = 0;
        for (const weight of model.weights) {
          const { size, shape } = weight.read();
          const value = tf.tensor(weights.subarray(from, (from += size)), shape);
          weight.write(value);
          value.dispose();
        }
        return loss;
      };
      return { model, step, losses: Array.from({ length: steps }, step) };
    };

    it('on the gradients that tfjs finds by itself', () => {
      const model = buildModel(layers, side, 1);
      const x = tf.tensor4d(images, [16, side, side, 1]);
      const expected = byTheBook(() => {
        const loss = (): tf.Scalar => {
          const y = model.layers.reduce<tf.Tensor>((input, layer, index) => {
            const spec = layers[index]!;
            if (spec.type === 'dropout') return tf.mul(input, kernels.dropoutMask(input.shape, spec.rate, index));
            return layer.apply(input, { training: true }) as tf.Tensor;
          }, x);
          return tf.reshape(
            tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), tf.log(y)),
            [],
          );
        };
        const { grads } = tf.variableGrads(
          loss,
          model.trainableWeights.map(weight => weight.read() as tf.Variable),
        );
        return Object.values(grads);
      });
      const { plan, weights } = stepOf(model, layers, side, 16);
      const { gradients } = new TensorGradients(plan, kernelsOf).find(weights, images, labels, [1, 1]);
      let from = 0;
      for (const tensor of expected) {
        const wanted = tensor.dataSync();
        const actual = gradients.subarray(from, (from += wanted.length));
        const size = Math.max(...wanted.map(Math.abs));
        expect(size).toBeGreaterThan(1e-4);
        actual.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(1e-3 * size + 1e-6));
      }
    });

    it('until the loss is low, the same way each time', () => {
      const { losses } = train(120);
      expect(Math.min(...losses.slice(-10))).toBeLessThan(losses[0]! / 2);
      expect(train(10).losses).toEqual(losses.slice(0, 10));
    });

    it('without leaving tensors or filling memory', () => {
      const { step } = train(3);
      const { wasm } = tf.backend() as unknown as { readonly wasm: { readonly HEAPU8: Uint8Array } };
      const before = { tensors: tf.memory().numTensors, bytes: wasm.HEAPU8.length };
      for (let i = 0; i < 40; i++) step();
      expect({ tensors: tf.memory().numTensors, bytes: wasm.HEAPU8.length }).toEqual(before);
    });

    it('a model that predicts what tfjs computes with it', async () => {
      const { model } = train(5);
      const x = tf.tensor4d(images, [16, side, side, 1]);
      const found = model.predictOnBatch(x) as tf.Tensor;
      const [expected] = byTheBook(() => [model.predictOnBatch(x) as tf.Tensor]);
      expectClose(found, expected!);
    });
  });
});

it('says which file is missing where the engine is incomplete', async () => {
  await expect(loadPortableEngine(os.tmpdir())).rejects.toMatchObject({
    code: 'no-engine',
    message: expect.stringMatching(/tfjs-backend-wasm.*\.wasm, .* is missing/) as string,
  });
});
