import { describe, expect, it } from 'vitest';
import { keptEpoch, keptEpochs } from '../../../../src/core/run/keptEpoch';
import type { EpochRecord } from '../../../../src/core/run/runRecord';

function epoch(number: number, valAccuracy: number, valLoss = 0.1): EpochRecord {
  return {
    epoch: number,
    loss: 0.2,
    accuracy: 0.9,
    valLoss,
    valAccuracy,
    learningRate: 0.001,
    trainSeconds: 18,
    seconds: 20,
  };
}

const best = { keeps: 'best', config: { epochs: 3 } } as const;
const last = { keeps: 'last', config: { epochs: 3 } } as const;

describe('the epoch that is kept', () => {
  it('is the one with the highest validation accuracy', () => {
    expect(keptEpoch([epoch(1, 0.98), epoch(2, 0.99), epoch(3, 0.985)], best)?.epoch).toBe(2);
    expect(keptEpoch([], best)).toBeUndefined();
  });

  it('is of equals the one with the lowest loss, and then the first', () => {
    expect(keptEpoch([epoch(1, 0.99, 0.3), epoch(2, 0.99, 0.2), epoch(3, 0.99, 0.2)], best)?.epoch).toBe(2);
  });

  it('is the newest where a schedule ends at its best, whatever the validation says', () => {
    expect(keptEpoch([epoch(1, 0.99), epoch(2, 0.98)], last)?.epoch).toBe(2);
    expect(keptEpoch([], last)).toBeUndefined();
  });

  it('is the last of the newest network that is finished, while the next is in the making', () => {
    const history = [1, 2, 3, 4, 5].map(number => epoch(number, 0.9));
    expect(keptEpoch(history, last)?.epoch).toBe(3);
    expect(keptEpoch([...history, epoch(6, 0.8)], last)?.epoch).toBe(6);
  });
});

describe('the epochs that are kept', () => {
  it('are one of each network, and of the unfinished one none or its best', () => {
    const history = [0.9, 0.9, 0.9, 0.95, 0.97, 0.96, 0.9].map((accuracy, i) => epoch(i + 1, accuracy));
    expect(keptEpochs(history, last)).toEqual([3, 6]);
    expect(keptEpochs(history.slice(0, 2), last)).toEqual([2]);
    expect(keptEpochs(history, best)).toEqual([3, 5]);
    expect(keptEpochs([], last)).toEqual([]);
  });
});
