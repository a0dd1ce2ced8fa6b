export type Padding = 'same' | 'valid';

/** The output of batch normalisation, and its gradient. */
export interface NormalisedBatch<T> {
  /** [n, h, w, c]. */
  readonly y: T;
  /** [c]. */
  readonly mean: T;
  /** [c]; unbiased, as Keras keeps it. */
  readonly variance: T;
  /** `dy` and `dx`: [n, h, w, c]; `gamma` and `beta`: [c]. */
  gradient(dy: T): { readonly dx: T; readonly gamma: T; readonly beta: T };
}

/**
 * The operations of a training step in an engine. T is a tensor, or a node of a graph that computes one. Convolutions
 * have stride 1, pools are 2x2. In shapes, n is the batch, h, w and c are height, width and channels, kh and kw the
 * size of a kernel, f its filters, and h' and w' the size of an output: [h, w] with padding `same`,
 * [h - kh + 1, w - kw + 1] with `valid`.
 */
export interface Kernels<T> {
  /** The shape of a tensor, such as [n, h, w, c]. */
  shapeOf(x: T): readonly number[];
  /** The same elements in another shape: [n, h, w, c] to [n, h * w * c], and back. */
  reshape(x: T, shape: readonly number[]): T;
  /** Cuts `pixels` off each side: [n, h, w, c] to [n, h - 2 * pixels, w - 2 * pixels, c]. */
  crop(x: T, pixels: number): T;
  /** Images [n, h, w, c] and a kernel [kh, kw, c, f] to [n, h', w', f]. */
  conv(x: T, kernel: T, padding: Padding): T;
  /**
   * The gradient of a convolution's input, [n, h, w, c] as `shape` says, from `dy` [n, h', w', f] and the kernel
   * [kh, kw, c, f].
   */
  convInputGradient(shape: readonly number[], dy: T, kernel: T, padding: Padding): T;
  /**
   * The gradient of a convolution's kernel, [kh, kw, c, f] as `shape` says, from `x` [n, h, w, c] and `dy`
   * [n, h', w', f].
   */
  convKernelGradient(x: T, dy: T, shape: readonly number[], padding: Padding): T;
  /** [n, h, w, c] to [n, floor(h / 2), floor(w / 2), c]. */
  maxPool(x: T): T;
  /** The gradient of a pool's input, [n, h, w, c] as `x`; `y` is maxPool(x), and `dy` has its shape. */
  maxPoolGradient(dy: T, x: T, y: T): T;
  /** x + bias: [..., c] and [c] to [..., c]. */
  bias(x: T, bias: T): T;
  /** max(x, 0), in any shape. */
  relu(x: T): T;
  /** relu(x + bias): [..., c] and [c] to [..., c]. */
  biasRelu(x: T, bias: T): T;
  /** dy where y > 0, else 0; both of one shape. */
  reluGradient(dy: T, y: T): T;
  /** Sums over all but the last dimension: [..., c] to [c]. */
  biasGradient(dy: T): T;
  /** Normalises each channel of [n, h, w, c] by its mean and variance in this batch; `gamma` and `beta`: [c]. */
  batchNorm(x: T, gamma: T, beta: T, epsilon: number): NormalisedBatch<T>;
  /** [rows, inner] and [inner, columns] to [rows, columns]; the transposed one is [inner, rows] or [columns, inner]. */
  matMul(a: T, b: T, transposed?: 'a' | 'b'): T;
  /** The elementwise product of two tensors of one shape. */
  mul(x: T, y: T): T;
  /**
   * The gradient, [n, classes], of the mean cross-entropy for logits [n, classes]; `targets` are probabilities
   * [n, classes].
   */
  crossEntropyGradient(logits: T, targets: T): T;
  /**
   * 0 with probability `rate`, else 1 / (1 - rate), in this shape; the same for the same layer and seed of the pass.
   */
  dropoutMask(shape: readonly number[], rate: number, layer: number): T;
}
