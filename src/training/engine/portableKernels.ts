import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { Random } from '../../core/random';
import * as tf from '../tf';
import type { Kernels } from './kernels';
import { simd, single, type Lanes } from './wasm/assembler';
import { assembleBatchNorm } from './wasm/batchNorm';
import { Convolutions } from './wasm/convolutions';
import { Heap } from './wasm/heap';
import { assembleMaxPoolGradient } from './wasm/maxPool';
import { assembleMap, assembleSum } from './wasm/perChannel';
import { registerTransposedProducts } from './wasm/transposedProducts';

/**
 * Kernels for tfjs's WebAssembly backend, which has to be set: where it has none or a slow one, our own, which work on its
 * memory.
 */
export function portableKernels(): Kernels {
  const heap = new Heap(tf.backend() as BackendWasm);
  const wide: Lanes = tf.env().getBool('WASM_HAS_SIMD_SUPPORT') ? simd : single;
  const convolutions = new Convolutions(heap, wide);
  registerTransposedProducts(convolutions);
  const { memory } = heap;

  const sum = assembleSum(memory, wide, 1, 0, (_, [x]) => x!);
  const addBias = assembleMap(memory, wide, 1, 1, (lanes, [x], [bias]) => lanes.whereGreater(lanes.add(x!, bias!), lanes.each(0), lanes.add(x!, bias!)));
  const keepWherePositive = assembleMap(memory, wide, 2, 0, (lanes, [dy, y]) => lanes.whereGreater(y!, lanes.each(0), dy!));
  const maxPool = assembleMaxPoolGradient(memory, wide);

  const biasGradient = (dy: tf.Tensor): tf.Tensor1D => {
    const channels = dy.shape.at(-1)!;
    const gradient = heap.make<tf.Tensor1D>([channels]);
    sum(heap.address(dy), heap.address(gradient), channels, dy.size / channels / dy.shape[0]!, dy.shape[0]!);
    return gradient;
  };

  return {
    conv: (x, kernel, padding) => {
      const [images, height, width] = x.shape;
      const [kernelHeight, kernelWidth, , filters] = kernel.shape;
      const y = heap.make<tf.Tensor4D>(padding === 'same' ? [images, height, width, filters] : [images, height - kernelHeight + 1, width - kernelWidth + 1, filters]);
      convolutions.convolve(x, kernel, y, padding);
      return y;
    },
    biasRelu: (x, bias) => {
      const y = heap.make<tf.Tensor4D>(x.shape);
      addBias(heap.address(x), heap.address(bias), heap.address(y), bias.size, x.size / bias.size);
      return y;
    },
    convInputGradient: (shape, dy, kernel, padding) => {
      const dx = heap.make<tf.Tensor4D>(shape);
      convolutions.inputGradient(dy, kernel, dx, padding);
      return dx;
    },
    convKernelGradient: (x, dy, shape, padding) => {
      const gradient = heap.make<tf.Tensor4D>(shape);
      convolutions.kernelGradient(x, dy, gradient, padding);
      return gradient;
    },
    reluGradient: <T extends tf.Tensor>(dy: T, y: T): T => {
      const dx = heap.make<T>(dy.shape);
      keepWherePositive(heap.address(dy), heap.address(y), heap.address(dx), dy.size, 1);
      return dx;
    },
    biasGradient,
    maxPoolGradient: (dy, x, y) => {
      const [images, height, width, channels] = x.shape;
      const dx = heap.make<tf.Tensor4D>(x.shape);
      // The last row or column of an odd size is in no window.
      if (height % 2 || width % 2) heap.numbers(dx).fill(0);
      const row = width * channels * 4;
      maxPool(heap.address(dy), heap.address(x), heap.address(y), heap.address(dx), channels, y.shape[2], y.shape[1], row, row * height, images);
      return dx;
    },
    batchNorm: assembleBatchNorm(heap, wide),
    softmaxCrossEntropy: (logits, targets) => softmaxCrossEntropy(heap, logits, targets),
    dropoutMask: (shape, rate, seed) => {
      const mask = heap.make(shape);
      const random = new Random(...seed);
      const kept = 1 / (1 - rate);
      const values = heap.numbers(mask);
      for (let i = 0; i < values.length; i++) values[i] = random.uniform(0, 1) < rate ? 0 : kept;
      return mask;
    },
  };
}

/** Of a few hundred numbers: not worth assembling. */
function softmaxCrossEntropy(heap: Heap, logits: tf.Tensor2D, targets: tf.Tensor2D): ReturnType<Kernels['softmaxCrossEntropy']> {
  const [images, classes] = logits.shape;
  const gradient = heap.make<tf.Tensor2D>([images, classes]);
  const [scores, wanted, slopes] = [heap.numbers(logits), heap.numbers(targets), heap.numbers(gradient)];
  for (let image = 0; image < images; image++) {
    const first = image * classes;
    const end = first + classes;
    let most = -Infinity;
    for (let i = first; i < end; i++) most = Math.max(most, scores[i]!);
    let total = 0;
    for (let i = first; i < end; i++) total += Math.exp(scores[i]! - most);
    const logTotal = Math.log(total) + most;
    for (let i = first; i < end; i++) slopes[i] = Math.exp(scores[i]! - logTotal) - wanted[i]!;
  }
  return gradient;
}
