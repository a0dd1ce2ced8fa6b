import { describe, expect, it } from 'vitest';
import { quantile, ratios, summary, usualEpoch } from '../../../bench/lib/statistics.mjs';

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
});
