import type { ChainLayer } from '../../core/network';
import type { Kernels } from '../engine/kernels';
import * as tf from '../tf';
import { batchNormEpsilon } from './model';

/** What a pass over images found. */
export interface Gradients {
  /** One a trained weight, then the means and variances that batch normalisation saw, in the order of the model's weights. */
  readonly gradients: Float32Array;
  /** Sum over the images, of the cross-entropy with the true class, whatever the smoothing. */
  readonly loss: number;
  /** How many images it had right, with dropout on. */
  readonly correct: number;
}

/** Given the gradient for a layer's output, stores those of its weights and returns that for its input. */
type Backward = (dy: tf.Tensor) => tf.Tensor | undefined;

/** What a layer's forward pass works with. */
interface Pass {
  /** For what is drawn at random. */
  readonly seed: readonly [number, number];
  readonly layer: tf.layers.Layer;
  /** The weights of the layer that are trained: kernel and bias, or gamma and beta. */
  readonly weights: readonly tf.LayerVariable[];
  /** Something before this layer is trained, so its input needs a gradient. */
  readonly needsInputGradient: boolean;
  /** A convolution pools before bias and ReLU: that gives what pooling behind them gives, and leaves them a quarter to do. */
  readonly poolsFirst: boolean;
  /** A pool's work was done so by the layer before it. */
  readonly pooled: boolean;
  keep(backward: Backward): void;
  /** The gradients of these weights, in their order. */
  store(weights: readonly tf.LayerVariable[], gradients: readonly tf.Tensor[]): void;
}

/**
 * Finds the gradients of a model. The network is a chain, so each layer's gradient is written out and no tape is kept;
 * nothing costs JavaScript per pixel.
 */
export class GradientFinder {
  private readonly model: tf.LayersModel;
  private readonly layers: readonly ChainLayer[];
  private readonly kernels: Kernels;
  private readonly labelSmoothing: number;

  /** `layers`: those that the model was built of. */
  constructor(model: tf.LayersModel, layers: readonly ChainLayer[], labelSmoothing: number, kernels: Kernels) {
    this.model = model;
    this.layers = layers;
    this.labelSmoothing = labelSmoothing;
    this.kernels = kernels;
  }

  /** The gradients on [n, side, side, 1] images and their classes; the same `seed` draws the same dropout. */
  find(images: Float32Array, classes: Int32Array, side: number, seed: readonly [number, number]): Gradients {
    let result: Gradients | undefined;
    // Nothing is returned through tidy(): it would look at every number for a tensor.
    tf.tidy(() => {
      const n = classes.length;
      const backwards: Backward[] = [];
      const found = new Map<tf.LayerVariable, tf.Tensor>();
      let trained = false;

      let x: tf.Tensor = tf.tensor4d(images, [n, side, side, 1]);
      this.layers.forEach((spec, index) => {
        const layer = this.model.layers[index]!;
        const weights = layer.trainableWeights;
        x = this.forward(spec, x, {
          seed: [seed[0] + index, seed[1]],
          layer,
          weights,
          needsInputGradient: trained,
          poolsFirst: poolsFirst(this.layers, index),
          pooled: poolsFirst(this.layers, index - 1),
          keep: backward => void backwards.push(backward),
          store: (variables, tensors) => void tensors.forEach((tensor, i) => found.set(variables[i]!, tensor)),
        });
        trained ||= weights.length > 0;
      });

      const logits = x as tf.Tensor2D;
      const gradient = this.kernels.softmaxCrossEntropy(logits, this.targets(classes, logits.shape[1]));
      let dy: tf.Tensor | undefined = tf.mul(gradient, 1 / n);
      for (const backward of backwards.reverse()) dy = dy && backward(dy);
      result = { gradients: joined(this.model.weights.map(weight => found.get(weight)!)), ...score(logits.dataSync(), classes) };
    });
    return result!;
  }

  /** One-hot, smoothed where the preset asks for it: a row an image. */
  private targets(classes: Int32Array, count: number): tf.Tensor2D {
    const targets = new Float32Array(classes.length * count).fill(this.labelSmoothing / count);
    classes.forEach((index, image) => (targets[image * count + index]! += 1 - this.labelSmoothing));
    return tf.tensor2d(targets, [classes.length, count]);
  }

  private forward(spec: ChainLayer, x: tf.Tensor, pass: Pass): tf.Tensor {
    const { kernels } = this;
    const { weights, keep, store } = pass;
    switch (spec.type) {
      case 'crop': {
        // A slice of three dimensions, which the portable engine does twenty times as fast as one of four.
        const [n, height, width, channels] = (x as tf.Tensor4D).shape;
        const [inner, from] = [width - 2 * spec.pixels, spec.pixels];
        const cut = tf.slice(tf.reshape(x, [n, height, width * channels]), [0, from, from * channels], [n, height - 2 * from, inner * channels]);
        return tf.reshape(cut, [n, height - 2 * from, inner, channels]);
      }
      case 'conv': {
        const input = x as tf.Tensor4D;
        const kernel = weights[0]!.read() as tf.Tensor4D;
        const active = spec.activation === 'relu';
        const z = kernels.conv(input, kernel, spec.padding);
        const most = pass.poolsFirst ? tf.maxPool(z, 2, 2, 'valid') : z;
        const y = active ? kernels.biasRelu(most, weights[1]!.read() as tf.Tensor1D) : most;
        keep(dy => {
          const dMost = active ? kernels.reluGradient(dy as tf.Tensor4D, y) : (dy as tf.Tensor4D);
          const dz = pass.poolsFirst ? kernels.maxPoolGradient(dMost, z, most) : dMost;
          store(weights, [kernels.convKernelGradient(input, dz, kernel.shape, spec.padding), ...(active ? [kernels.biasGradient(dMost)] : [])]);
          return pass.needsInputGradient ? kernels.convInputGradient(input.shape, dz, kernel, spec.padding) : undefined;
        });
        return y;
      }
      case 'batchNorm':
        return this.batchNorm(x as tf.Tensor4D, pass);
      case 'relu': {
        const y = tf.relu(x);
        keep(dy => kernels.reluGradient(dy, y));
        return y;
      }
      case 'maxPool': {
        if (pass.pooled) return x;
        const input = x as tf.Tensor4D;
        const y = tf.maxPool(input, 2, 2, 'valid');
        keep(dy => kernels.maxPoolGradient(dy as tf.Tensor4D, input, y));
        return y;
      }
      case 'dropout': {
        const mask = kernels.dropoutMask(x.shape, spec.rate, pass.seed);
        keep(dy => tf.mul(dy, mask));
        return tf.mul(x, mask);
      }
      case 'flatten': {
        const { shape } = x;
        keep(dy => tf.reshape(dy, shape));
        return tf.reshape(x, [shape[0]!, -1]);
      }
      case 'dense':
      case 'output': {
        const input = x as tf.Tensor2D;
        const kernel = weights[0]!.read() as tf.Tensor2D;
        const active = spec.type === 'dense' && spec.activation === 'relu';
        const z = tf.add(tf.matMul(input, kernel), weights[1]!.read());
        const y = active ? tf.relu(z) : z;
        keep(dy => {
          const dz = (active ? kernels.reluGradient(dy, y) : dy) as tf.Tensor2D;
          store(weights, [tf.matMul(input, dz, true), kernels.biasGradient(dz)]);
          return tf.matMul(dz, kernel, false, true);
        });
        return y;
      }
    }
  }

  private batchNorm(x: tf.Tensor4D, { layer, weights, keep, store }: Pass): tf.Tensor {
    const { y, mean, variance, gradient } = this.kernels.batchNorm(x, weights[0]!.read() as tf.Tensor1D, weights[1]!.read() as tf.Tensor1D, batchNormEpsilon);
    store(layer.nonTrainableWeights, [mean, variance]);
    keep(dy => {
      const { dx, gamma, beta } = gradient(dy as tf.Tensor4D);
      store(weights, [gamma, beta]);
      return dx;
    });
    return y;
  }
}

/** Whether this layer is a convolution with ReLU that a pool follows. */
function poolsFirst(layers: readonly ChainLayer[], index: number): boolean {
  const layer = layers[index];
  return layer?.type === 'conv' && layer.activation === 'relu' && layers[index + 1]?.type === 'maxPool';
}

/** The elements of all tensors, one after the other. */
function joined(tensors: readonly tf.Tensor[]): Float32Array {
  const all = new Float32Array(tensors.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const tensor of tensors) {
    all.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return all;
}

function score(logits: ArrayLike<number>, classes: Int32Array): { loss: number; correct: number } {
  const count = logits.length / classes.length;
  let loss = 0;
  let correct = 0;
  classes.forEach((index, image) => {
    const first = image * count;
    let best = first;
    for (let i = first; i < first + count; i++) if (logits[i]! > logits[best]!) best = i;
    let sum = 0;
    for (let i = first; i < first + count; i++) sum += Math.exp(logits[i]! - logits[best]!);
    loss += Math.log(sum) + logits[best]! - logits[first + index]!;
    if (best === first + index) correct++;
  });
  return { loss, correct };
}
