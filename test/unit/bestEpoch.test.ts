import { describe, expect, it } from 'vitest';
import { bestEpoch } from '../../src/core/run/bestEpoch';
import type { EpochRecord } from '../../src/core/run/runRecord';

function epoch(number: number, valAccuracy: number, valLoss = 0.1): EpochRecord {
  return { epoch: number, loss: 0.2, accuracy: 0.9, valLoss, valAccuracy, learningRate: 0.001, seconds: 20 };
}

describe('the best epoch', () => {
  it('is the one with the highest validation accuracy', () => {
    expect(bestEpoch([epoch(1, 0.98), epoch(2, 0.99), epoch(3, 0.985)])?.epoch).toBe(2);
    expect(bestEpoch([])).toBeUndefined();
  });

  it('is of equals the one with the lowest loss, and then the first', () => {
    expect(bestEpoch([epoch(1, 0.99, 0.3), epoch(2, 0.99, 0.2), epoch(3, 0.99, 0.2)])?.epoch).toBe(2);
  });
});
