import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeOptimizer, type TensorSpec } from '../../../src/core/optimizer';
import type { OptimizerSpec } from '../../../src/core/presets';

const tensors: TensorSpec[] = [
  { name: 'kernel', shape: [2, 2], trained: true },
  { name: 'bias', shape: [2], trained: true },
  { name: 'mean', shape: [3], trained: false },
];
const adam = { type: 'adam', beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0 } as const;

describe('an optimizer', () => {
  it('moves by the rate at first, whatever the size of the gradient (Adam)', () => {
    const weights = new Float32Array(9).fill(1);
    makeOptimizer(adam, tensors).update(weights, Float32Array.of(5, -0.001, 0, 3, 1, -1, 9, 9, 9), 0.1);
    [0.9, 1.1, 1, 0.9, 0.9, 1.1].forEach((value, i) => expect(weights[i]).toBeCloseTo(value, 4));
    // Means and variances are none of its business.
    expect([...weights.slice(6)]).toEqual([1, 1, 1]);
  });

  // By hand, from the formula that Keras gives: v = .9 v + .1 g^2, w -= rate g / sqrt(v + epsilon).
  it('follows the mean of squared gradients (RMSprop)', () => {
    const weights = new Float32Array(6).fill(1);
    const optimizer = makeOptimizer({ type: 'rmsProp', decay: 0.9, epsilon: 1e-8 }, tensors);
    optimizer.update(weights, Float32Array.of(2, 0, 0, 0, 0, 0), 0.01);
    expect(weights[0]).toBeCloseTo(1 - 0.02 / Math.sqrt(0.4), 5);
    optimizer.update(weights, Float32Array.of(1, 0, 0, 0, 0, 0), 0.01);
    expect(weights[0]).toBeCloseTo(1 - 0.02 / Math.sqrt(0.4) - 0.01 / Math.sqrt(0.46), 5);
  });

  it('takes a share off the weights of kernels, and none off biases', () => {
    const weights = new Float32Array(6).fill(2);
    makeOptimizer({ ...adam, decay: 0.5 }, tensors).update(weights, new Float32Array(6), 0.1);
    [1.9, 1.9, 1.9, 1.9, 2, 2].forEach((value, i) => expect(weights[i]).toBeCloseTo(value, 6));
  });

  it('goes on from its state as if it had not stopped', () => {
    const specs = fc.constantFrom<OptimizerSpec>(
      { ...adam, decay: 0.05 },
      { type: 'rmsProp', decay: 0.9, epsilon: 1e-8 },
    );
    const gradient = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(specs, fc.array(gradient, { minLength: 1, maxLength: 8 }), fc.nat(8), (spec, gradients, stop) => {
        const whole = new Float32Array(6).fill(1);
        const halves = whole.slice();
        const one = makeOptimizer(spec, tensors);
        let other = makeOptimizer(spec, tensors);
        gradients.forEach((values, step) => {
          if (step === stop) other = makeOptimizer(spec, tensors, other.state);
          one.update(whole, Float32Array.from(values), 0.01);
          other.update(halves, Float32Array.from(values), 0.01);
        });
        expect(halves).toEqual(whole);
      }),
    );
  });
});
