import type { Preset } from '../../core/presets';
import type { Kernels } from '../engine/kernels';
import * as tf from '../tf';
import { batchNormEpsilon, batchNormMomentum, type ChainLayer } from './model';
import { makeOptimizer, type Optimizer } from './optimizer';

/** What a step saw of its batch, with dropout on. */
export interface StepResult {
  /** Mean over the batch. */
  readonly loss: number;
  /** How many images it had right. */
  readonly correct: number;
}

/** Given the gradient for a layer's output, stores those of its weights and returns that for its input. */
type Backward = (dy: tf.Tensor) => tf.Tensor | undefined;

/** What a layer's forward pass works with. */
interface Pass {
  readonly index: number;
  readonly layer: tf.layers.Layer;
  /** The weights of the layer that are trained: kernel and bias, or gamma and beta. */
  readonly weights: readonly tf.LayerVariable[];
  /** Something before this layer is trained, so its input needs a gradient. */
  readonly needsInputGradient: boolean;
  keep(backward: Backward): void;
  /** The gradients of `weights`, in their order. */
  store(...gradients: readonly tf.Tensor[]): void;
}

/**
 * Trains a model step by step. The network is a chain, so each layer's gradient is written out and no tape is kept;
 * nothing in a step costs JavaScript per pixel or weight.
 */
export class Trainer {
  private readonly model: tf.LayersModel;
  private readonly layers: readonly ChainLayer[];
  private readonly kernels: Kernels;
  private readonly optimizer: Optimizer;
  private readonly labelSmoothing: number;
  private readonly seed: number;
  private steps = 0;

  /** `layers`: those that the model was built of. */
  constructor(model: tf.LayersModel, layers: readonly ChainLayer[], preset: Pick<Preset, 'optimizer' | 'labelSmoothing'>, kernels: Kernels, seed: number) {
    this.model = model;
    this.layers = layers;
    this.kernels = kernels;
    this.optimizer = makeOptimizer(preset.optimizer);
    this.labelSmoothing = preset.labelSmoothing;
    this.seed = seed;
  }

  /** One step on [n, side, side, 1] images and their classes. */
  step(images: Float32Array, classes: Int32Array, side: number, learningRate: number): StepResult {
    return tf.tidy(() => {
      this.steps++;
      const n = classes.length;
      const backwards: Backward[] = [];
      const gradients: { readonly weight: tf.LayerVariable; readonly gradient: tf.Tensor }[] = [];
      let trained = false;

      let x: tf.Tensor = tf.tensor4d(images, [n, side, side, 1]);
      this.layers.forEach((spec, index) => {
        const layer = this.model.layers[index]!;
        const weights = layer.trainableWeights;
        x = this.forward(spec, x, {
          index,
          layer,
          weights,
          needsInputGradient: trained,
          keep: backward => void backwards.push(backward),
          store: (...found) => void found.forEach((gradient, i) => gradients.push({ weight: weights[i]!, gradient })),
        });
        trained ||= weights.length > 0;
      });

      const logits = x as tf.Tensor2D;
      const { loss, gradient } = this.kernels.softmaxCrossEntropy(logits, this.targets(classes, logits.shape[1]));
      let dy: tf.Tensor | undefined = tf.mul(gradient, 1 / n);
      for (const backward of backwards.reverse()) dy = dy && backward(dy);

      this.optimizer.beginStep();
      gradients.forEach(({ weight, gradient }, i) => weight.write(this.optimizer.update(i, weight.read(), gradient, learningRate)));

      const predicted = tf.argMax(logits, 1).dataSync();
      let correct = 0;
      for (let i = 0; i < n; i++) if (predicted[i] === classes[i]) correct++;
      return { loss: tf.mean(loss).dataSync()[0]!, correct };
    });
  }

  dispose(): void {
    this.optimizer.dispose();
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
        const [n, height, width, channels] = (x as tf.Tensor4D).shape;
        return tf.slice(x as tf.Tensor4D, [0, spec.pixels, spec.pixels, 0], [n, height - 2 * spec.pixels, width - 2 * spec.pixels, channels]);
      }
      case 'conv': {
        const input = x as tf.Tensor4D;
        const kernel = weights[0]!.read() as tf.Tensor4D;
        const z = kernels.conv(input, kernel, spec.padding);
        const y = spec.activation === 'relu' ? kernels.biasRelu(z, weights[1]!.read() as tf.Tensor1D) : z;
        keep(dy => {
          const dz = spec.activation === 'relu' ? kernels.reluGradient(dy as tf.Tensor4D, y) : (dy as tf.Tensor4D);
          store(kernels.convKernelGradient(input, dz, kernel.shape, spec.padding), ...(spec.activation === 'relu' ? [kernels.biasGradient(dz)] : []));
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
        const input = x as tf.Tensor4D;
        const y = tf.maxPool(input, 2, 2, 'valid');
        keep(dy => kernels.maxPoolGradient(dy as tf.Tensor4D, input, y));
        return y;
      }
      case 'dropout': {
        const mask = kernels.dropoutMask(x.shape, spec.rate, [this.seed * 1000 + pass.index, this.steps]);
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
          store(tf.matMul(input, dz, true), kernels.biasGradient(dz));
          return tf.matMul(dz, kernel, false, true);
        });
        return y;
      }
    }
  }

  private batchNorm(x: tf.Tensor4D, { layer, weights, keep, store }: Pass): tf.Tensor {
    const { y, mean, variance, gradient } = this.kernels.batchNorm(x, weights[0]!.read() as tf.Tensor1D, weights[1]!.read() as tf.Tensor1D, batchNormEpsilon);
    // Moving averages for prediction.
    [mean, variance].forEach((seen, i) => {
      const average = layer.nonTrainableWeights[i]!;
      average.write(tf.add(tf.mul(average.read(), batchNormMomentum), tf.mul(seen, 1 - batchNormMomentum)));
    });
    keep(dy => {
      const { dx, gamma, beta } = gradient(dy as tf.Tensor4D);
      store(gamma, beta);
      return dx;
    });
    return y;
  }
}
