export type Padding = 'same' | 'valid';

/** What batch normalisation made of a batch, and its way back. */
export interface NormalisedBatch<T> {
  readonly y: T;
  readonly mean: T;
  /** Unbiased, as Keras keeps it. */
  readonly variance: T;
  gradient(dy: T): { readonly dx: T; readonly gamma: T; readonly beta: T };
}

/**
 * The operations of a training step, as an engine has them. T is a tensor, or what stands for one in a graph. Images are
 * [n, height, width, channels], convolutions have stride 1, pools are 2x2.
 */
export interface Kernels<T> {
  shapeOf(x: T): readonly number[];
  reshape(x: T, shape: readonly number[]): T;
  /** Images without this many pixels on each side. */
  crop(x: T, pixels: number): T;
  conv(x: T, kernel: T, padding: Padding): T;
  /** Gradient of a convolution for its input of this shape. */
  convInputGradient(shape: readonly number[], dy: T, kernel: T, padding: Padding): T;
  /** Gradient of a convolution for its kernel of this shape. */
  convKernelGradient(x: T, dy: T, shape: readonly number[], padding: Padding): T;
  maxPool(x: T): T;
  /** `y` is maxPool(x). */
  maxPoolGradient(dy: T, x: T, y: T): T;
  /** x + bias, one for each place of the last dimension. */
  bias(x: T, bias: T): T;
  relu(x: T): T;
  /** relu(x + bias). */
  biasRelu(x: T, bias: T): T;
  /** dy where y > 0, else 0. */
  reluGradient(dy: T, y: T): T;
  /** Sums over all but the last dimension. */
  biasGradient(dy: T): T;
  /** Normalises each channel by its mean and variance in this batch. */
  batchNorm(x: T, gamma: T, beta: T, epsilon: number): NormalisedBatch<T>;
  matMul(a: T, b: T, transposed?: 'a' | 'b'): T;
  mul(x: T, y: T): T;
  /** Gradient of the mean of all images' cross-entropies for their logits; `targets` has a row of probabilities an image. */
  crossEntropyGradient(logits: T, targets: T): T;
  /** 0 with probability `rate`, else 1 / (1 - rate); the same for the same seed of the pass and layer. */
  dropoutMask(shape: readonly number[], rate: number, layer: number): T;
}
