import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { areFinite } from '../../core/finite';
import type { TrainerState } from '../../protocol/worker';

// Once a number is NaN or infinite, so is all that is computed from it: more epochs would only replace the network that was
// good.

type Numbers = Pick<TrainerState, 'weights' | 'averaged' | 'optimizer'>;

/** Which numbers of a training are NaN or infinite, as a clause; undefined where none is. */
export function notFinite({ weights, averaged, optimizer }: Numbers): string | undefined {
  if (!areFinite(weights)) return 'its weights are no longer finite numbers';
  if (averaged && !areFinite(averaged)) return 'the averages of its weights are no longer finite numbers';
  return optimizer.moments.every(areFinite) ? undefined : "its optimizer's numbers are no longer finite";
}

/** The error that stops a training. `what`: a clause that says what is wrong since `epoch`. `kept`: the epoch whose network stays, where there is one. */
export function diverged(epoch: number, what: string, kept: number | undefined): DigitsError {
  const rest = kept === undefined ? '' : ` The network of epoch ${kept} is kept.`;
  return new DigitsError(
    'diverged',
    sentence`The training diverged in epoch ${epoch}: ${what}. Train again with a lower learning rate.${rest}`,
  );
}
