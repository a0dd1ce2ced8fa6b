import { sizeOf } from '../../core/optimizer';
import { chainGradients } from '../network/chainGradients';
import {
  classesOf,
  scoreLogits,
  targetsOf,
  type GradientFinder,
  type Gradients,
  type StepPlan,
} from '../network/gradients';
import * as tf from '../network/tf';
import type { Kernels } from '../network/kernels';

/** Makes the kernels of a tfjs backend for one pass. `seed`: for `dropoutMask`. */
export type TensorKernels = (seed: readonly [number, number]) => Kernels<tf.Tensor>;

/** Computes gradients with tfjs tensors, operation by operation. */
export class TensorGradients implements GradientFinder {
  private readonly plan: StepPlan;
  private readonly kernels: TensorKernels;

  constructor(plan: StepPlan, kernels: TensorKernels) {
    this.plan = plan;
    this.kernels = kernels;
  }

  find(weights: Float32Array, images: Float32Array, classes: Int32Array, seed: readonly [number, number]): Gradients {
    const { layers, side, tensors, labelSmoothing } = this.plan;
    const n = classes.length;
    const count = classesOf(layers);
    let result: Gradients | undefined;
    // The result does not go through tidy(), which would search every number of it for tensors.
    tf.tidy(() => {
      let from = 0;
      const parts = tensors.map(tensor =>
        tf.tensor(weights.subarray(from, (from += sizeOf(tensor))), [...tensor.shape]),
      );
      const { logits, gradients } = chainGradients(this.kernels(seed), layers, {
        images: tf.tensor4d(images, [n, side, side, 1]),
        targets: tf.tensor2d(targetsOf(classes, count, labelSmoothing), [n, count]),
        weights: parts,
      });
      result = { gradients: joined(gradients), ...scoreLogits(logits.dataSync() as Float32Array, classes) };
    });
    return result!;
  }

  dispose(): void {
    // It holds nothing between steps.
  }
}

/** Concatenates the elements of all tensors. */
function joined(tensors: readonly tf.Tensor[]): Float32Array {
  const all = new Float32Array(tensors.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const tensor of tensors) {
    all.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return all;
}
