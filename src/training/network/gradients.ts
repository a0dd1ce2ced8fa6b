import type { ChainLayer } from '../../core/network';
import type { TensorSpec } from '../../core/optimizer';

/** What a pass over images found. */
export interface Gradients {
  /** One a trained weight, then the means and variances that batch normalisation saw, in the order of the model's weights. */
  readonly gradients: Float32Array;
  /** Sum over the images, of the cross-entropy with the true class, whatever the smoothing. */
  readonly loss: number;
  /** How many images it had right, with dropout on. */
  readonly correct: number;
}

/** The steps of a network that is trained. */
export interface StepPlan {
  readonly layers: readonly ChainLayer[];
  readonly side: number;
  /** Where each weight lies among all, those that are trained first. */
  readonly tensors: readonly TensorSpec[];
  readonly labelSmoothing: number;
  /** Images of a step. */
  readonly images: number;
}

/** Finds gradients, step after step. */
export interface GradientFinder {
  /** The gradients on [n, side, side, 1] images and their classes; the same `seed` draws the same dropout. */
  find(weights: Float32Array, images: Float32Array, classes: Int32Array, seed: readonly [number, number]): Gradients;
  /** Gives back what the engine holds for it. */
  dispose(): void;
}

/** What a training with RMSprop remembers, in the order of the plan's tensors. */
export interface ResidentState {
  readonly weights: Float32Array;
  /** The second moments: decaying means of the squared gradients. */
  readonly secondMoments: Float32Array;
}

/** A training whose weights stay with the engine: nothing of their size crosses in a step. */
export interface ResidentTraining {
  readonly state: ResidentState;
  /** Moves the weights by the gradients on this batch; see {@link GradientFinder.find}. */
  step(
    images: Float32Array,
    classes: Int32Array,
    seed: readonly [number, number],
    rate: number,
  ): Omit<Gradients, 'gradients'>;
  dispose(): void;
}

/** The classes that a network tells apart. */
export function classesOf(layers: readonly ChainLayer[]): number {
  const last = layers.at(-1);
  if (last?.type !== 'output') throw new Error('a network ends with its output');
  return last.classes;
}

/** One-hot, smoothed where the preset asks for it: a row an image. */
export function targetsOf(classes: Int32Array, count: number, labelSmoothing: number): Float32Array {
  const targets = new Float32Array(classes.length * count).fill(labelSmoothing / count);
  classes.forEach((index, image) => (targets[image * count + index]! += 1 - labelSmoothing));
  return targets;
}

/** How good these logits are. */
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
