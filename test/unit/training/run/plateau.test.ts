import { describe, expect, it } from 'vitest';
import { ReduceOnPlateau } from '../../../../src/training/run/plateau';

const options = { factor: 0.5, patience: 3, floor: 1e-5 };

function rates(losses: readonly number[], start = 0.001): number[] {
  const plateau = new ReduceOnPlateau(start, options);
  return losses.map(loss => {
    plateau.endEpoch(loss);
    return plateau.learningRate;
  });
}

describe('lowering the learning rate on a plateau', () => {
  it('halves it after three epochs without a better loss, and starts counting again', () => {
    expect(rates([1, 1, 1, 1, 1, 1, 1])).toEqual([0.001, 0.001, 0.001, 0.0005, 0.0005, 0.0005, 0.00025]);
  });

  it('takes a gain of less than 0.0001 for none', () => {
    expect(rates([1, 0.99995, 0.99992, 0.99991]).at(-1)).toBe(0.0005);
    expect(rates([1, 0.9998, 0.9996, 0.9994]).at(-1)).toBe(0.001);
  });

  it('never goes below the floor', () => {
    expect(rates(new Array(10).fill(1), 1.5e-5).at(-1)).toBe(1e-5);
  });
});
