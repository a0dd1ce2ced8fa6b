import * as tf from '../tf';

/** RMSprop as Keras 2.15 has it: w -= rate * g / sqrt(v + epsilon), v the decaying mean of g squared. */
export class RmsProp {
  private readonly means: tf.Tensor[] = [];
  private readonly decay: number;
  private readonly epsilon: number;

  constructor(decay: number, epsilon: number) {
    this.decay = decay;
    this.epsilon = epsilon;
  }

  /** The new value of the `index`-th weight; its mean is kept until {@link dispose}. */
  update(index: number, weight: tf.Tensor, gradient: tf.Tensor, rate: number): tf.Tensor {
    const previous = this.means[index];
    const fresh = tf.mul(tf.square(gradient), 1 - this.decay);
    const mean = tf.keep(previous === undefined ? fresh : tf.add(tf.mul(previous, this.decay), fresh));
    previous?.dispose();
    this.means[index] = mean;
    return tf.sub(weight, tf.mul(tf.mul(gradient, rate), tf.rsqrt(tf.add(mean, this.epsilon))));
  }

  dispose(): void {
    tf.dispose(this.means);
  }
}
