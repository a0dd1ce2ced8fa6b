import { describe, expect, it } from 'vitest';
import { keptEpoch, keptEpochs } from '../../../../src/core/run/keptEpoch';
import { epochRecords } from '../../support/runRecord';

const best = { keeps: 'best', config: { epochs: 3 } } as const;
const last = { keeps: 'last', config: { epochs: 3 } } as const;

describe('the epoch that is kept', () => {
  it('is the one with the highest validation accuracy', () => {
    expect(keptEpoch(epochRecords([0.98, 0.99, 0.985]), best)?.epoch).toBe(2);
    expect(keptEpoch([], best)).toBeUndefined();
  });

  it('is of equals the one with the lowest loss, and then the first', () => {
    const losses = [0.3, 0.2, 0.2];
    const history = epochRecords([0.99, 0.99, 0.99]).map((record, i) => ({ ...record, valLoss: losses[i]! }));
    expect(keptEpoch(history, best)?.epoch).toBe(2);
  });

  it('is the newest where a schedule ends at its best, whatever the validation says', () => {
    expect(keptEpoch(epochRecords([0.99, 0.98]), last)?.epoch).toBe(2);
    expect(keptEpoch([], last)).toBeUndefined();
  });

  it('is the last of the newest network that is finished, while the next is in the making', () => {
    const history = epochRecords([0.9, 0.9, 0.9, 0.9, 0.9, 0.8]);
    expect(keptEpoch(history.slice(0, 5), last)?.epoch).toBe(3);
    expect(keptEpoch(history, last)?.epoch).toBe(6);
  });
});

describe('the epochs that are kept', () => {
  it('are one of each network, and of the unfinished one none or its best', () => {
    const history = epochRecords([0.9, 0.9, 0.9, 0.95, 0.97, 0.96, 0.9]);
    expect(keptEpochs(history, last)).toEqual([3, 6]);
    expect(keptEpochs(history.slice(0, 2), last)).toEqual([2]);
    expect(keptEpochs(history, best)).toEqual([3, 5]);
    expect(keptEpochs([], last)).toEqual([]);
  });
});
