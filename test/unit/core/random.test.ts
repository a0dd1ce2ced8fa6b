import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/random';

describe('the seeded generator', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    const draw = (...parts: number[]): number[] => {
      const random = new Random(...parts);
      return Array.from({ length: 20 }, () => random.uint32());
    };
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 3 }), fc.nat(2), (parts, at) => {
        expect(draw(...parts)).toEqual(draw(...parts));
        const others = parts.map((part, i) => (i === at % parts.length ? part ^ 1 : part));
        expect(draw(...others)).not.toEqual(draw(...parts));
      }),
    );
  });

  it('is even: every sixteenth of the range has its share, over neighbouring seeds as within one', () => {
    const within = new Random(1);
    for (const next of [() => within.uniform(0, 16), (i: number) => new Random(2, 1, i).uniform(0, 16)]) {
      const counts = new Uint32Array(16);
      for (let i = 0; i < 32_000; i++) counts[Math.floor(next(i))]!++;
      // 2,000 expected in each, with a standard deviation of 43.
      expect(Math.min(...counts)).toBeGreaterThan(1780);
      expect(Math.max(...counts)).toBeLessThan(2220);
    }
  });

  it('shuffles: every value stays, and any can come first', () => {
    const firsts = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const values = Uint32Array.from([0, 1, 2, 3, 4]);
      new Random(seed).shuffle(values);
      expect([...values].sort()).toEqual([0, 1, 2, 3, 4]);
      firsts.add(values[0]!);
    }
    expect(firsts.size).toBe(5);
  });
});
