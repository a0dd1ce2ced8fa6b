import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanConfidence } from '../../../src/core/confidence';

describe('how sure a network is', () => {
  it('is the mean of the highest probability of each image', () => {
    expect(meanConfidence([0.5, 0.25, 0.25, 0.125, 0.125, 0.75], 3)).toBe(0.625);
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
        }),
        images => {
          const expected = images.map(own => Math.max(...own)).reduce((sum, value) => sum + value, 0) / images.length;
          expect(meanConfidence(images.flat(), 4)).toBeCloseTo(expected, 12);
        },
      ),
    );
  });

  it('is not known without images, nor where the network diverged', () => {
    expect(meanConfidence([], 3)).toBeUndefined();
    expect(meanConfidence([0.5, 0.5, NaN, NaN], 2)).toBeUndefined();
  });
});
