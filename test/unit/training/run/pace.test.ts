import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../../src/training/run/pace';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

describe('the pace of a training', () => {
  it('leaves out the slow first steps, and what lies between two epochs', () => {
    const pace = new Pace();
    const step = (epoch: number, number: number, milliseconds: number): number | undefined => {
      vi.advanceTimersByTime(milliseconds);
      return pace.step(epoch, number);
    };
    for (let number = 1; number <= 5; number++) expect(step(1, number, 2000)).toBeUndefined();
    expect(step(1, 6, 2000)).toBeUndefined();
    expect(step(1, 7, 100)).toBeCloseTo(0.1);
    // Told of every few steps only.
    expect(step(1, 9, 350)).toBeCloseTo(0.15);
    // Validation and files lie before the first step of an epoch.
    expect(step(2, 1, 5000)).toBeCloseTo(0.15);
    expect(step(2, 2, 120)).toBeCloseTo(0.12);
  });
});
