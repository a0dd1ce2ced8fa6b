import type * as tf from '../tf';

export type Padding = 'same' | 'valid';

/** What batch normalisation made of a batch, and its way back. */
export interface NormalisedBatch {
  readonly y: tf.Tensor4D;
  readonly mean: tf.Tensor1D;
  /** Unbiased, as Keras keeps it. */
  readonly variance: tf.Tensor1D;
  gradient(dy: tf.Tensor4D): { readonly dx: tf.Tensor4D; readonly gamma: tf.Tensor1D; readonly beta: tf.Tensor1D };
}

/**
 * The operations of a training step that tfjs has not, or composes of many where an engine has one. Images are
 * [n, height, width, channels], convolutions have stride 1, pools are 2x2.
 */
export interface Kernels {
  conv(x: tf.Tensor4D, kernel: tf.Tensor4D, padding: Padding): tf.Tensor4D;
  /** relu(x + bias). */
  biasRelu(x: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D;
  /** Gradient of a convolution for its input of this shape. */
  convInputGradient(shape: tf.Tensor4D['shape'], dy: tf.Tensor4D, kernel: tf.Tensor4D, padding: Padding): tf.Tensor4D;
  /** Gradient of a convolution for its kernel of this shape. */
  convKernelGradient(x: tf.Tensor4D, dy: tf.Tensor4D, shape: tf.Tensor4D['shape'], padding: Padding): tf.Tensor4D;
  /** dy where y > 0, else 0. */
  reluGradient<T extends tf.Tensor>(dy: T, y: T): T;
  /** Sums over all but the last dimension. */
  biasGradient(dy: tf.Tensor): tf.Tensor1D;
  maxPoolGradient(dy: tf.Tensor4D, x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor4D;
  /** Normalises each channel by its mean and variance in this batch. */
  batchNorm(x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): NormalisedBatch;
  /** Gradient of each image's cross-entropy for its logits; `targets` has a row of probabilities an image. */
  softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor2D;
  /** 0 with probability `rate`, else 1 / (1 - rate); the same for the same two numbers of seed. */
  dropoutMask(shape: readonly number[], rate: number, seed: readonly [number, number]): tf.Tensor;
}
