import type { ChainLayer } from '../../src/core/network';
import type { StepPlan } from '../../src/training/network/gradients';
import type * as tf from '../../src/training/network/tf';

/** What the steps of a model that was built of these layers begin with. */
export function stepOf(
  model: tf.LayersModel,
  layers: readonly ChainLayer[],
  side: number,
  images: number,
  labelSmoothing = 0,
): { readonly plan: StepPlan; readonly weights: Float32Array } {
  const tensors = model.weights.map(weight => ({
    name: weight.name,
    shape: weight.shape as number[],
    trained: model.trainableWeights.includes(weight),
  }));
  const weights = Float32Array.from(model.weights.flatMap(weight => [...weight.read().dataSync()]));
  return { plan: { layers, side, tensors, labelSmoothing, images }, weights };
}
