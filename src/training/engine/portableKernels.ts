import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { Random } from '../../core/random';
import * as tf from '../network/tf';
import type { TensorKernels } from './tensorGradients';
import { simd, single, type Lanes } from './wasm/assembler';
import { assembleBatchNorm } from './wasm/batchNorm';
import { Convolutions } from './wasm/convolutions';
import { Heap } from './wasm/heap';
import { assembleMaxPoolGradient } from './wasm/maxPool';
import { assembleMap, assembleSum } from './wasm/perChannel';
import { registerTransposedProducts } from './wasm/transposedProducts';

type Shape4D = tf.Tensor4D['shape'];

/**
 * Kernels for the WebAssembly backend of tfjs, which must be selected. Where it lacks an operation or is slow, they are
 * our own and work on its memory. Shapes are those of {@link Kernels}.
 */
export function portableKernels(): TensorKernels {
  const heap = new Heap(tf.backend() as BackendWasm);
  const wide: Lanes = tf.env().getBool('WASM_HAS_SIMD_SUPPORT') ? simd : single;
  const convolutions = new Convolutions(heap, wide);
  registerTransposedProducts(convolutions);
  const { memory } = heap;

  const sum = assembleSum(memory, wide, 1, 0, (_, [x]) => x!);
  const addBias = assembleMap(memory, wide, 1, 1, (lanes, [x], [bias]) =>
    lanes.whereGreater(lanes.add(x!, bias!), lanes.each(0), lanes.add(x!, bias!)),
  );
  const keepWherePositive = assembleMap(memory, wide, 2, 0, (lanes, [dy, y]) =>
    lanes.whereGreater(y!, lanes.each(0), dy!),
  );
  const maxPool = assembleMaxPoolGradient(memory, wide);
  const batchNorm = assembleBatchNorm(heap, wide);

  const biasGradient = (dy: tf.Tensor): tf.Tensor1D => {
    const channels = dy.shape.at(-1)!;
    const gradient = heap.make<tf.Tensor1D>([channels]);
    sum(heap.address(dy), heap.address(gradient), channels, dy.size / channels / dy.shape[0]!, dy.shape[0]!);
    return gradient;
  };

  return seed => ({
    shapeOf: x => x.shape,
    reshape: (x, shape) => tf.reshape(x, [...shape]),
    crop: (x, pixels) => {
      // The backend slices three dimensions twenty times as fast as four.
      const [n, height, width, channels] = x.shape as Shape4D;
      const inner = width - 2 * pixels;
      const cut = tf.slice(
        tf.reshape(x, [n, height, width * channels]),
        [0, pixels, pixels * channels],
        [n, height - 2 * pixels, inner * channels],
      );
      return tf.reshape(cut, [n, height - 2 * pixels, inner, channels]);
    },
    conv: (x, kernel, padding) => {
      const [images, height, width] = x.shape as Shape4D;
      const [kernelHeight, kernelWidth, , filters] = kernel.shape as Shape4D;
      const y = heap.make<tf.Tensor4D>(
        padding === 'same'
          ? [images, height, width, filters]
          : [images, height - kernelHeight + 1, width - kernelWidth + 1, filters],
      );
      convolutions.convolve(x as tf.Tensor4D, kernel as tf.Tensor4D, y, padding);
      return y;
    },
    convInputGradient: (shape, dy, kernel, padding) => {
      const dx = heap.make<tf.Tensor4D>(shape);
      convolutions.inputGradient(dy as tf.Tensor4D, kernel as tf.Tensor4D, dx, padding);
      return dx;
    },
    convKernelGradient: (x, dy, shape, padding) => {
      const gradient = heap.make<tf.Tensor4D>(shape);
      convolutions.kernelGradient(x as tf.Tensor4D, dy as tf.Tensor4D, gradient, padding);
      return gradient;
    },
    maxPool: x => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'),
    maxPoolGradient: (dy, x, y) => {
      const [images, height, width, channels] = x.shape as Shape4D;
      const dx = heap.make<tf.Tensor4D>(x.shape);
      // With an odd size, no window covers the last row or column.
      if (height % 2 || width % 2) heap.numbers(dx).fill(0);
      const row = width * channels * 4;
      maxPool(
        heap.address(dy),
        heap.address(x),
        heap.address(y),
        heap.address(dx),
        channels,
        y.shape[2]!,
        y.shape[1]!,
        row,
        row * height,
        images,
      );
      return dx;
    },
    bias: tf.add,
    relu: tf.relu,
    biasRelu: (x, bias) => {
      const y = heap.make(x.shape);
      addBias(heap.address(x), heap.address(bias), heap.address(y), bias.size, x.size / bias.size);
      return y;
    },
    reluGradient: (dy, y) => {
      const dx = heap.make(dy.shape);
      keepWherePositive(heap.address(dy), heap.address(y), heap.address(dx), dy.size, 1);
      return dx;
    },
    biasGradient,
    batchNorm,
    matMul: (a, b, transposed) => tf.matMul(a, b, transposed === 'a', transposed === 'b'),
    mul: tf.mul,
    crossEntropyGradient: (logits, targets) => tf.mul(softmaxCrossEntropy(heap, logits, targets), 1 / logits.shape[0]!),
    dropoutMask: (shape, rate, layer) => {
      const mask = heap.make(shape);
      const random = new Random(seed[0] + layer, seed[1]);
      const kept = 1 / (1 - rate);
      const values = heap.numbers(mask);
      for (let i = 0; i < values.length; i++) values[i] = random.uniform(0, 1) < rate ? 0 : kept;
      return mask;
    },
  });
}

/** The gradient, [n, classes], of each image's cross-entropy. It is a few hundred numbers: not worth assembling. */
function softmaxCrossEntropy(heap: Heap, logits: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  const [images, classes] = logits.shape as tf.Tensor2D['shape'];
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
