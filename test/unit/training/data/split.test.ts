import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numpyPermutation, splitRows } from '../../../../src/training/data/split';

describe('the validation split', () => {
  // From numpy 2 and scikit-learn 1: RandomState(seed).permutation(n), train_test_split(arange(n), test_size=.1, random_state=seed).
  it("is numpy's permutation", () => {
    expect([...numpyPermutation(10, 2)]).toEqual([4, 1, 5, 0, 7, 2, 3, 6, 9, 8]);
    expect([...numpyPermutation(1000, 0).slice(0, 5)]).toEqual([993, 859, 298, 553, 672]);
  });

  it('sets aside the images that the notebook sets aside', () => {
    const { training, validation } = splitRows(42_000, 0.1, 2);
    expect([training.length, validation.length]).toEqual([37_800, 4_200]);
    expect([...validation.slice(0, 5)]).toEqual([38732, 3686, 30090, 31205, 11331]);
    expect([...training.slice(0, 5)]).toEqual([30613, 39467, 4232, 33862, 30695]);
  });

  it('rounds up, as scikit-learn does', () => {
    expect([...splitRows(105, 0.1, 7).validation]).toEqual([49, 81, 77, 91, 26, 59, 20, 94, 13, 50, 96]);
  });

  it('puts every image on one side, and leaves neither empty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 300 }),
        fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }),
        fc.nat(),
        (rows, share, seed) => {
          const { training, validation } = splitRows(rows, share, seed);
          expect(training.length).toBeGreaterThan(0);
          expect(validation.length).toBeGreaterThan(0);
          expect([...training, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
        },
      ),
    );
  });
});
