import type { OptimizerSpec } from '../../core/presets';
import * as tf from '../tf';

/** Moves weights against their gradients. What it keeps of each weight lasts until {@link Optimizer.dispose}. */
export interface Optimizer {
  /** To be called once a step, before its updates. */
  beginStep(): void;
  /** The new value of the `index`-th weight. */
  update(index: number, weight: tf.Tensor, gradient: tf.Tensor, rate: number): tf.Tensor;
  dispose(): void;
}

/** The optimizer that a preset asks for. */
export function makeOptimizer(spec: OptimizerSpec): Optimizer {
  return spec.type === 'rmsProp' ? new RmsProp(spec.decay, spec.epsilon) : new Adam(spec);
}

/** Decaying means of tensors, one an index. */
class Means {
  private readonly means: tf.Tensor[] = [];
  private readonly decay: number;

  constructor(decay: number) {
    this.decay = decay;
  }

  update(index: number, value: tf.Tensor): tf.Tensor {
    const previous = this.means[index];
    const fresh = tf.mul(value, 1 - this.decay);
    const mean = tf.keep(previous === undefined ? fresh : tf.add(tf.mul(previous, this.decay), fresh));
    previous?.dispose();
    this.means[index] = mean;
    return mean;
  }

  dispose(): void {
    tf.dispose(this.means);
  }
}

/** RMSprop as Keras 2.15 has it: w -= rate * g / sqrt(v + epsilon), v the decaying mean of g squared. */
class RmsProp implements Optimizer {
  private readonly squares: Means;
  private readonly epsilon: number;

  constructor(decay: number, epsilon: number) {
    this.squares = new Means(decay);
    this.epsilon = epsilon;
  }

  beginStep(): void {
    // Nothing depends on the number of the step.
  }

  update(index: number, weight: tf.Tensor, gradient: tf.Tensor, rate: number): tf.Tensor {
    const mean = this.squares.update(index, tf.square(gradient));
    return tf.sub(weight, tf.mul(tf.mul(gradient, rate), tf.rsqrt(tf.add(mean, this.epsilon))));
  }

  dispose(): void {
    this.squares.dispose();
  }
}

type AdamSpec = Extract<OptimizerSpec, { readonly type: 'adam' }>;

/** Adam (Kingma and Ba 2015, algorithm 1, with the corrections of the means in the rate and in epsilon, as Keras has it). */
class Adam implements Optimizer {
  private readonly gradients: Means;
  private readonly squares: Means;
  private readonly spec: AdamSpec;
  private steps = 0;

  constructor(spec: AdamSpec) {
    this.gradients = new Means(spec.beta1);
    this.squares = new Means(spec.beta2);
    this.spec = spec;
  }

  beginStep(): void {
    this.steps++;
  }

  update(index: number, weight: tf.Tensor, gradient: tf.Tensor, rate: number): tf.Tensor {
    const { beta1, beta2, epsilon, decay } = this.spec;
    const corrected = (rate * Math.sqrt(1 - beta2 ** this.steps)) / (1 - beta1 ** this.steps);
    const mean = this.gradients.update(index, gradient);
    const square = this.squares.update(index, tf.square(gradient));
    // Kernels alone: a bias or a scale is no complexity.
    const kept = decay > 0 && weight.rank > 1 ? tf.mul(weight, 1 - rate * decay) : weight;
    return tf.sub(kept, tf.div(tf.mul(mean, corrected), tf.add(tf.sqrt(square), epsilon)));
  }

  dispose(): void {
    this.gradients.dispose();
    this.squares.dispose();
  }
}
