import { describe, expect, it } from 'vitest';
import { areFinite, areWeights } from '../../../src/core/areFinite';

describe('areFinite', () => {
  it.each([[[]], [[0]], [[1, -2, 3e38, -3e38, 1e-45]], [new Array<number>(1000).fill(3.4e38)]])(
    'is true of %j',
    values => {
      expect(areFinite(Float32Array.from(values))).toBe(true);
    },
  );

  it.each([NaN, Infinity, -Infinity])('is false where one of them is %s, wherever it stands', wrong => {
    for (const at of [0, 3, 99]) {
      const values = new Float32Array(100).fill(3e38);
      values[at] = wrong;
      expect(areFinite(values)).toBe(false);
      values[99 - at] = -wrong;
      expect(areFinite(values)).toBe(false);
    }
  });
});

describe('areWeights', () => {
  it('is true of those of a network, and false of numbers that overflow in a few layers', () => {
    expect(areWeights(Float32Array.of(0, -3, 40_000))).toBe(true);
    for (const wrong of [1e7, -1e30, NaN, Infinity]) expect(areWeights(Float32Array.of(0, wrong))).toBe(false);
  });
});
