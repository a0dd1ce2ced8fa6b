import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { chain, type LayerSpec } from '../../src/core/network';
import { makeOptimizer } from '../../src/core/optimizer';
import { presets } from '../../src/core/presets';
import { Random } from '../../src/core/random';
import { GraphGradients } from '../../src/training/engine/graph/graphGradients';
import { GraphRmsProp } from '../../src/training/engine/graph/graphRmsProp';
import { loadNativeEngine } from '../../src/training/engine/native';
import type { ResidentState, StepPlan } from '../../src/training/network/gradients';
import { buildModel } from '../../src/training/network/model';
import { stepOf } from './stepOf';

let binding: TFJSBinding;
let plan: StepPlan;
let begin: ResidentState;
beforeAll(async () => {
  // With more threads sums may be taken in another order.
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', '1');
  vi.stubEnv('TF_NUM_INTEROP_THREADS', '1');
  ({ binding } = await loadNativeEngine());
  const { plan: made, weights } = stepOf(buildModel(layers, side, 1), layers, side, n);
  [plan, begin] = [made, { weights, secondMoments: new Float32Array(weights.length) }];
});

const side = 10;
const n = 8;
const network: LayerSpec[] = [
  { type: 'conv', filters: 4, size: 3, padding: 'same', activation: 'relu' },
  { type: 'maxPool' },
  { type: 'dropout', rate: 0.25 },
  { type: 'flatten' },
  { type: 'dense', units: 6, activation: 'relu' },
];
const layers = chain(network, side, 0, 3);
const random = new Random(1);
const images = Float32Array.from({ length: n * side * side }, () => random.uniform(0, 1));
const classes = Int32Array.from({ length: n }, (_, i) => i % 3);
const optimizer = presets.notebook.optimizer as Parameters<typeof GraphRmsProp.make>[2];
/** So large that a step moves weights a lot, and what is different shows. */
const rate = 0.01;

/** Takes the steps from one to another, and tells where that leads. */
function train(
  from: number,
  to: number,
  state: ResidentState,
): { readonly state: ResidentState; readonly losses: number[] } {
  const training = GraphRmsProp.make(binding, plan, optimizer, state);
  const losses = Array.from({ length: to - from }, (_, i) => training.step(images, classes, [1, from + i], rate).loss);
  const { weights, secondMoments } = training.state;
  training.dispose();
  return { state: { weights, secondMoments }, losses };
}

describe('RMSprop in the graph', () => {
  it('goes the way of the optimizer in core', () => {
    const finder = GraphGradients.make(binding, plan);
    const ours = makeOptimizer(optimizer, plan.tensors);
    const first = begin.weights;
    const weights = first.slice();
    const losses = Array.from({ length: 6 }, (_, i) => {
      const { gradients, loss } = finder.find(weights, images, classes, [1, i]);
      ours.update(weights, gradients, rate);
      return loss;
    });
    const found = train(0, 6, begin);
    found.losses.forEach((loss, i) => expect(loss).toBeCloseTo(losses[i]!, 3));
    // Far from where it began, and at the same place.
    expect(Math.max(...weights.map((weight, i) => Math.abs(weight - first[i]!)))).toBeGreaterThan(0.02);
    found.state.weights.forEach((weight, i) => expect(Math.abs(weight - weights[i]!)).toBeLessThan(1e-4));
    const [secondMoments] = ours.state.moments as [Float32Array];
    const largest = Math.max(...secondMoments);
    found.state.secondMoments.forEach((moment, i) =>
      expect(Math.abs(moment - secondMoments[i]!)).toBeLessThan(1e-4 * largest),
    );
  });

  it('comes to the very same weights where it stops and goes on', () => {
    const whole = train(0, 8, begin);
    const half = train(0, 3, begin);
    const rest = train(3, 8, half.state);
    expect(rest.state).toEqual(whole.state);
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
  });
});
