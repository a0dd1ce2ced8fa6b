import type { EpochRecord } from './runRecord';

/** The epoch whose weights are kept: the highest validation accuracy, of equals the lowest validation loss, then the first. */
export function bestEpoch(history: readonly EpochRecord[]): EpochRecord | undefined {
  return history.reduce<EpochRecord | undefined>((best, epoch) => {
    if (!best || epoch.valAccuracy > best.valAccuracy) return epoch;
    return epoch.valAccuracy === best.valAccuracy && epoch.valLoss < best.valLoss ? epoch : best;
  }, undefined);
}
