import type * as tf from '../tf';

/**
 * The operations of a training step that tfjs has not, or composes of many where an engine has one. Images are
 * [n, height, width, channels], convolutions have stride 1 and padding "same", pools 2x2.
 */
export interface Kernels {
  /** relu(conv2d(x, kernel) + bias). */
  convRelu(x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D;
  /** Gradient of a convolution for its input of this shape. */
  convInputGradient(shape: tf.Tensor4D['shape'], dy: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D;
  /** Gradient of a convolution for its kernel of this shape. */
  convKernelGradient(x: tf.Tensor4D, dy: tf.Tensor4D, shape: tf.Tensor4D['shape']): tf.Tensor4D;
  /** dy where y > 0, else 0. */
  reluGradient<T extends tf.Tensor>(dy: T, y: T): T;
  /** Sums over all but the last dimension. */
  biasGradient(dy: tf.Tensor): tf.Tensor1D;
  maxPoolGradient(dy: tf.Tensor4D, x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor4D;
  /** Loss of each image and its gradient for the logits. */
  softmaxCrossEntropy(logits: tf.Tensor2D, classes: tf.Tensor1D): { readonly loss: tf.Tensor1D; readonly gradient: tf.Tensor2D };
  /** 0 with probability `rate`, else 1 / (1 - rate); the same for the same two numbers of seed. */
  dropoutMask(shape: readonly number[], rate: number, seed: readonly [number, number]): tf.Tensor;
}
