import type { EpochRecord, RunRecord } from './runRecord';

/** What {@link keptEpoch} needs of a run. */
export type Keeping = Pick<RunRecord, 'keeps'> & { readonly config: Pick<RunRecord['config'], 'epochs'> };

/**
 * The epoch whose weights are kept. A schedule that ends at a rate of nothing is best at its end: the last epoch of the
 * newest finished network, or the newest epoch of the first. Otherwise the epoch with the highest validation accuracy, of
 * equals the lowest validation loss, then the first.
 */
export function keptEpoch(history: readonly EpochRecord[], { keeps, config }: Keeping): EpochRecord | undefined {
  if (keeps === 'last') return history.findLast(({ epoch }) => epoch % config.epochs === 0) ?? history.at(-1);
  return history.reduce<EpochRecord | undefined>((best, epoch) => {
    const { valAccuracy = 0, valLoss = Infinity } = epoch;
    const { valAccuracy: bestAccuracy = 0, valLoss: bestLoss = Infinity } = best ?? {};
    if (!best || valAccuracy > bestAccuracy) return epoch;
    return valAccuracy === bestAccuracy && valLoss < bestLoss ? epoch : best;
  }, undefined);
}

/** All epochs whose weights are in the kept model: the last one of each network before that of {@link keptEpoch}, and this. */
export function keptEpochs(history: readonly EpochRecord[], run: Keeping): readonly number[] {
  const kept = keptEpoch(history, run);
  if (!kept) return [];
  const { epochs } = run.config;
  const before = Math.floor((kept.epoch - 1) / epochs);
  return [...Array.from({ length: before }, (_, i) => (i + 1) * epochs), kept.epoch];
}
