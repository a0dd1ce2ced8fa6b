import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNearest, scaleToUnit } from '../../../../src/training/data/nearest';

/** Cosine distance as the textbook has it. */
function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? 1 : 1 - dot(a, b) / lengths;
}

const unit = (values: readonly number[], size = values.length): Float32Array => {
  const vectors = Float32Array.from(values);
  scaleToUnit(vectors, size);
  return vectors;
};

describe('the nearest vectors', () => {
  it('are those of the smallest cosine distance, in that order', () => {
    const cases = fc.integer({ min: 1, max: 6 }).chain(size => {
      const vector = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size });
      return fc.record({
        query: vector.filter(values => values.some(value => value !== 0)),
        vectors: fc.array(vector, { maxLength: 30 }),
        most: fc.integer({ min: 1, max: 12 }),
        odd: fc.boolean(),
      });
    });
    fc.assert(
      fc.property(cases, ({ query, vectors, most, odd }) => {
        const skip = (index: number): boolean => odd && index % 2 === 1;
        const { indices, distances } = findNearest(unit(vectors.flat(), query.length), unit(query), most, skip);
        const expected = vectors
          .map(vector => cosine(vector, query))
          .filter((_, index) => !skip(index))
          .sort((a, b) => a - b)
          .slice(0, most);
        expect(distances).toHaveLength(expected.length);
        expect(new Set(indices).size).toBe(indices.length);
        distances.forEach((distance, i) => {
          expect(distance).toBeCloseTo(expected[i]!, 5);
          expect(cosine(vectors[indices[i]!]!, query)).toBeCloseTo(distance, 5);
          expect(skip(indices[i]!)).toBe(false);
          if (i > 0) expect(distance).toBeGreaterThanOrEqual(distances[i - 1]!);
        });
      }),
    );
  });

  it('have distance 0 where they are equal, and the first of equals comes first', () => {
    const { indices, distances } = findNearest(unit([0, 1, 3, 4, 6, 8, 3, 4], 2), unit([3, 4]), 3);
    expect(indices).toEqual([1, 2, 3]);
    for (const distance of distances) expect(distance).toBeCloseTo(0, 6);
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(0);
  });

  it('may be fewer than asked for', () => {
    expect(findNearest(new Float32Array(), Float32Array.of(1), 12)).toEqual({ indices: [], distances: [] });
    expect(findNearest(Float32Array.of(1, 1), Float32Array.of(1), 12, () => true).indices).toEqual([]);
  });
});
