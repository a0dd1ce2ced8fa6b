import { areWeights } from '../../core/areFinite';
import { DigitsError } from '../../core/errors';

/** What an epoch came to, as far as it is numbers. */
interface EpochNumbers {
  readonly epoch: number;
  readonly loss: number;
  readonly weights: Float32Array;
}

/** Throws `diverged` where the loss or a weight after an epoch is NaN, infinite or beyond what a network can compute with: nothing good comes of such a training any more. `kept`: the epoch that is kept. */
export function requireFinite({ epoch, loss, weights }: EpochNumbers, kept: number | undefined): void {
  if (Number.isFinite(loss) && areWeights(weights)) return;
  const what = Number.isFinite(loss) ? 'A weight is NaN or far too large' : 'The loss is NaN or infinite';
  const left = kept === undefined ? 'no epoch is kept' : `epoch ${kept} is kept`;
  throw new DigitsError(
    'diverged',
    `${what} after epoch ${epoch}: the training diverged, and ${left}; train again with a lower learning rate.`,
  );
}
