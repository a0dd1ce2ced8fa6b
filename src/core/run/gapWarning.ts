import { wilsonInterval } from '../metrics';
import { percent, plural } from '../text';
import type { EpochRecord } from './runRecord';

/** What the validation may lie below the training accuracy: five points is what smoothed, augmented digits never do. */
const allowedGap = 0.05;

/**
 * A sentence where an epoch's validation accuracy lies far below its training accuracy, beyond what the 95 % interval of
 * so few validation images explains; otherwise undefined.
 */
export function gapWarning(
  { accuracy, valAccuracy }: Pick<EpochRecord, 'accuracy' | 'valAccuracy'>,
  validationRows: number,
): string | undefined {
  if (valAccuracy === undefined) return undefined;
  const { high } = wilsonInterval(Math.round(valAccuracy * validationRows), validationRows);
  if (high >= accuracy - allowedGap) return undefined;
  return `The network is right on ${percent(accuracy)} of the training images and on only ${percent(valAccuracy)} of ${plural(validationRows, 'validation image')}, so expect it to be wrong as often on new images. More labelled images usually help, or more augmentation (rotation, shift, zoom, elastic); after few steps, more epochs or a smaller batch.`;
}
