import { describe, expect, it } from 'vitest';
import { interval, pairedTest, quantile, ratios, summary, usualEpoch } from '../../../bench/lib/statistics.mjs';

describe('statistics of measurements', () => {
  it('finds quantiles straight between neighbours, in any order of the values', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(quantile([7], 0.25)).toBe(7);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  it('compares rounds with the rounds they took turns with', () => {
    expect(ratios([2, 9, 4], [1, 3])).toEqual([2, 3]);
    expect(summary([3, 1, 2])).toEqual({ median: 2, mean: 2, min: 1, max: 3, count: 3 });
  });

  it('takes a slow epoch for no usual one', () => {
    expect(usualEpoch([82, 50])).toBe(50);
    expect(usualEpoch([50, 82, 51, 82, 49])).toBe(50);
  });

  it("gives a mean its interval by Student's t", () => {
    // R: t.test(c(1, 2, 3))$conf.int
    const { middle, low, high } = interval([1, 2, 3]);
    expect(middle).toBe(2);
    expect(low).toBeCloseTo(-0.4841, 3);
    expect(high).toBeCloseTo(4.4841, 3);
    expect(interval([5])).toEqual({ middle: 5, low: 5, high: 5 });
  });

  it("is McNemar's test where each recipe has one run", () => {
    // 24 images that only the first errs on, 5 that only the second does; R: 2 * pnorm(-19 / sqrt(29))
    const only = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => from + i);
    const both = only(40, 1000);
    const { difference, error, p } = pairedTest([[[[...only(24, 0), ...both]], [[...only(5, 100), ...both]]]]);
    expect(difference).toBe(19);
    expect(error).toBeCloseTo(Math.sqrt(29));
    expect(p).toBeCloseTo(0.000418, 5);
  });

  it('counts an image by the share of runs that err on it, and finds nothing between equals', () => {
    const { difference, p } = pairedTest([
      [
        [[1, 2], [1]],
        [[1], [1, 3]],
      ],
    ]);
    expect(difference).toBe(0);
    expect(p).toBeCloseTo(1, 5);
    expect(pairedTest([[[[7]], [[7]]]])).toEqual({ difference: 0, error: 0, p: 1 });
  });
});
