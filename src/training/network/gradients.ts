import type { ChainLayer } from '../../core/network';
import type { TensorSpec } from '../../core/optimizer';

/** The results of a pass over a batch. */
export interface Gradients {
  /** The gradient of each trainable weight, then mean and variance [c] of each batch normalisation; concatenated. */
  readonly gradients: Float32Array;
  /** Cross-entropy with the true class, summed over the images; without label smoothing. */
  readonly loss: number;
  /** Images classified correctly, with dropout on. */
  readonly correct: number;
}

/** What stays the same in every step of a training. */
export interface StepPlan {
  readonly layers: readonly ChainLayer[];
  /** Pixels along a side of the image. */
  readonly side: number;
  /** The weights in the order in which they are concatenated, the trainable ones first. */
  readonly tensors: readonly TensorSpec[];
  readonly labelSmoothing: number;
  /** Images per step: n. */
  readonly images: number;
}

/** Computes gradients, step by step. */
export interface GradientFinder {
  /**
   * The gradients for images [n, side, side, 1] and their classes [n]. `weights` are those of the plan's tensors,
   * concatenated; the same `seed` draws the same dropout.
   */
  find(weights: Float32Array, images: Float32Array, classes: Int32Array, seed: readonly [number, number]): Gradients;
  /** Frees what the engine holds for it. */
  dispose(): void;
}

/** The state of a training with RMSprop: the plan's tensors, concatenated. */
export interface ResidentState {
  readonly weights: Float32Array;
  /** Decaying means of the squared gradients. */
  readonly secondMoments: Float32Array;
}

/** A training whose weights stay in the engine: a step copies nothing of their size. */
export interface ResidentTraining {
  readonly state: ResidentState;
  /**
   * Updates the weights for images [n, side, side, 1] and their classes [n]; `rate`: learning rate. See
   * {@link GradientFinder.find}.
   */
  step(
    images: Float32Array,
    classes: Int32Array,
    seed: readonly [number, number],
    rate: number,
  ): Omit<Gradients, 'gradients'>;
  dispose(): void;
}

/** The number of classes of a network. */
export function classesOf(layers: readonly ChainLayer[]): number {
  const last = layers.at(-1);
  if (last?.type !== 'output') throw new Error('a network ends with its output');
  return last.classes;
}

/** Targets [n, count] for classes [n]: one-hot, with label smoothing. */
export function targetsOf(classes: Int32Array, count: number, labelSmoothing: number): Float32Array {
  const targets = new Float32Array(classes.length * count).fill(labelSmoothing / count);
  classes.forEach((index, image) => (targets[image * count + index]! += 1 - labelSmoothing));
  return targets;
}

/** Loss and number of correct answers for logits [n, classes] and classes [n]. */
export function scoreLogits(logits: Float32Array, classes: Int32Array): Omit<Gradients, 'gradients'> {
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
