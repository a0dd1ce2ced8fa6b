import type { Kernels } from '../engine/kernels';
import type { LayerSpec, Preset } from '../../core/presets';
import * as tf from '../tf';
import { RmsProp } from './rmsProp';

/** What a step saw of its batch, with dropout on. */
export interface StepResult {
  /** Mean over the batch. */
  readonly loss: number;
  /** How many images it had right. */
  readonly correct: number;
}

/** Given the gradient for a layer's output, stores those of its weights and returns that for its input. */
type Backward = (dy: tf.Tensor) => tf.Tensor | undefined;

/**
 * Trains a model step by step. The network is a chain, so each layer's gradient is written out and no tape is kept:
 * a step is some fifty kernels and no JavaScript per element.
 */
export class Trainer {
  private readonly model: tf.LayersModel;
  private readonly kernels: Kernels;
  private readonly layers: readonly (LayerSpec | { readonly type: 'output' })[];
  private readonly optimizer: RmsProp;
  private readonly seed: number;
  private steps = 0;

  constructor(model: tf.LayersModel, preset: Preset, kernels: Kernels, seed: number) {
    this.model = model;
    this.kernels = kernels;
    this.layers = [...preset.network, { type: 'output' }];
    this.optimizer = new RmsProp(preset.optimizer.decay, preset.optimizer.epsilon);
    this.seed = seed;
  }

  /** One step on [n, side, side, 1] images and their classes. */
  step(images: Float32Array, classes: Int32Array, side: number, learningRate: number): StepResult {
    return tf.tidy(() => {
      this.steps++;
      const n = classes.length;
      const backwards: Backward[] = [];
      const gradients = new Map<tf.LayerVariable, tf.Tensor>();

      let x: tf.Tensor = tf.tensor4d(images, [n, side, side, 1]);
      this.layers.forEach((spec, i) => {
        const layer = this.model.layers[i]!;
        const [kernel, bias] = layer.trainableWeights as [tf.LayerVariable, tf.LayerVariable];
        const store = (kernelGradient: tf.Tensor, biasGradient: tf.Tensor): void => void gradients.set(kernel, kernelGradient).set(bias, biasGradient);
        x = this.forward(spec, i, x, kernel, bias, store, backward => backwards.push(backward));
      });

      const logits = x as tf.Tensor2D;
      const { loss, gradient } = this.kernels.softmaxCrossEntropy(logits, tf.tensor1d(classes, 'int32'));
      let dy: tf.Tensor | undefined = tf.mul(gradient, 1 / n);
      for (const backward of backwards.reverse()) dy = dy && backward(dy);

      [...gradients].forEach(([variable, g], i) => variable.write(this.optimizer.update(i, variable.read(), g, learningRate)));

      const predicted = tf.argMax(logits, 1).dataSync();
      let correct = 0;
      for (let i = 0; i < n; i++) if (predicted[i] === classes[i]) correct++;
      return { loss: tf.mean(loss).dataSync()[0]!, correct };
    });
  }

  dispose(): void {
    this.optimizer.dispose();
  }

  private forward(
    spec: LayerSpec | { readonly type: 'output' },
    index: number,
    x: tf.Tensor,
    kernel: tf.LayerVariable | undefined,
    bias: tf.LayerVariable | undefined,
    store: (kernelGradient: tf.Tensor, biasGradient: tf.Tensor) => void,
    keep: (backward: Backward) => void,
  ): tf.Tensor {
    const { kernels } = this;
    switch (spec.type) {
      case 'conv': {
        const input = x as tf.Tensor4D;
        const weights = kernel!.read() as tf.Tensor4D;
        const y = kernels.convRelu(input, weights, bias!.read() as tf.Tensor1D);
        keep(dy => {
          const dz = kernels.reluGradient(dy as tf.Tensor4D, y);
          store(kernels.convKernelGradient(input, dz, weights.shape), kernels.biasGradient(dz));
          // Nothing needs the gradient of the images themselves.
          return index === 0 ? undefined : kernels.convInputGradient(input.shape, dz, weights);
        });
        return y;
      }
      case 'maxPool': {
        const input = x as tf.Tensor4D;
        const y = tf.maxPool(input, 2, 2, 'valid');
        keep(dy => kernels.maxPoolGradient(dy as tf.Tensor4D, input, y));
        return y;
      }
      case 'dropout': {
        const mask = kernels.dropoutMask(x.shape, spec.rate, [this.seed * 1000 + index, this.steps]);
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
        const weights = kernel!.read() as tf.Tensor2D;
        const z = tf.add(tf.matMul(input, weights), bias!.read());
        const y = spec.type === 'dense' ? tf.relu(z) : z;
        keep(dy => {
          const dz = spec.type === 'dense' ? kernels.reluGradient(dy, y) : dy;
          store(tf.matMul(input, dz as tf.Tensor2D, true), kernels.biasGradient(dz));
          return tf.matMul(dz as tf.Tensor2D, weights, false, true);
        });
        return y;
      }
    }
  }
}
