import { describe, expect, it } from 'vitest';
import { requireFinite } from '../../../../src/training/run/requireFinite';

const weights = Float32Array.of(1, -2, 0);

describe('what an epoch came to', () => {
  it('is taken where it is numbers', () => {
    expect(() => requireFinite({ epoch: 3, loss: 0.5, weights }, 2)).not.toThrow();
  });

  it.each([
    [
      { epoch: 3, loss: NaN, weights },
      2,
      'The loss is NaN or infinite after epoch 3: the training diverged, and epoch 2 is kept; ',
    ],
    [
      { epoch: 1, loss: Infinity, weights },
      undefined,
      'The loss is NaN or infinite after epoch 1: the training diverged, and no epoch is kept; ',
    ],
    [
      { epoch: 9, loss: 1, weights: Float32Array.of(0, NaN) },
      4,
      'A weight is NaN or far too large after epoch 9: the training diverged, and epoch 4 is kept; ',
    ],
  ])('is refused where it is not: %j', (numbers, kept, says) => {
    expect(() => requireFinite(numbers, kept)).toThrow(`${says}train again with a lower learning rate.`);
  });
});
