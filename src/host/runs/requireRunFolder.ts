import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { printable } from '../../core/printable';
import { isRunFolder } from '../../store/run/runPaths';

/** The path where it may be the folder of a run, whoever called the command. Throws `no-run` for any other. */
export function requireRunFolder(place: string): string {
  if (isRunFolder(place)) return place;
  throw new DigitsError(
    'no-run',
    sentence`${printable(place, 200)} is not the folder of a run; choose a run in the view "Digits".`,
  );
}
