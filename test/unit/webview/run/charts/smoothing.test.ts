import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostSmoothing, smooth, smoothNetworks } from '../../../../../webview/run/charts/smoothing';

const weights = fc.double({ min: 0, max: mostSmoothing, noNaN: true });
const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('smoothing', () => {
  it('leaves a curve as it is without weight, and a flat one with any', () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
    for (const value of smooth(new Array<number>(30).fill(0.7), 0.95)) expect(value).toBeCloseTo(0.7, 12);
  });

  it('begins with the first value, and stays between the lowest and the highest so far', () => {
    fc.assert(
      fc.property(values, weights, (curve, weight) => {
        const smoothed = smooth(curve, weight);
        expect(smoothed[0]).toBeCloseTo(curve[0]!, 9);
        smoothed.forEach((value, i) => {
          const before = curve.slice(0, i + 1);
          expect(value).toBeGreaterThanOrEqual(Math.min(...before) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...before) + 1e-9);
        });
      }),
    );
  });

  it('is the weighted mean that TensorBoard draws', () => {
    // 0.6 of the mean so far, 0.4 of the new value, over the sum of all weights.
    const [, second, third] = smooth([1, 2, 4], 0.6);
    expect(second).toBeCloseTo((0.6 * 0.4 * 1 + 0.4 * 2) / (1 - 0.6 ** 2), 12);
    expect(third).toBeCloseTo((0.36 * 0.4 * 1 + 0.6 * 0.4 * 2 + 0.4 * 4) / (1 - 0.6 ** 3), 12);
  });

  it('passes over what is no number', () => {
    const smoothed = smooth([1, NaN, 2, Infinity], 0.5);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(smooth([1, 2], 0.5)[1]!, 12);
    expect(smoothed[3]).toBe(Infinity);
  });

  it('starts over with each network', () => {
    expect(smoothNetworks([4, 2, 9, 9], 2, 0.9)).toEqual([...smooth([4, 2], 0.9), ...smooth([9, 9], 0.9)]);
    expect(smoothNetworks([4, 2, 9], 5, 0.9)).toEqual(smooth([4, 2, 9], 0.9));
  });
});
