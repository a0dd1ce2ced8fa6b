import { DigitsError } from './errors';
import { sentence } from './sentence';

/** No number of the list is NaN or infinite. Takes a millisecond or two for a million. */
export function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** Throws `diverged` where what a network said is no finite numbers: the greatest of them would be no answer. `whose`: as in "of run a". */
export function requireFinite(values: Float32Array, whose: string): void {
  if (areFinite(values)) return;
  throw new DigitsError(
    'diverged',
    sentence`The predictions ${whose} are not finite numbers, as when a training diverges; use another run, or train again with a lower learning rate.`,
  );
}
