import { keptEpoch, keptEpochs } from '../../../src/core/run/keptEpoch';
import { totalEpochs, type EpochRecord, type RunRecord } from '../../../src/core/run/runRecord';
import { plural } from '../../../src/core/text';

/** A run in the charts. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  readonly run: RunRecord;
  readonly history: readonly EpochRecord[];
  /** Decides colours and markers; that of no other run. */
  readonly slot: number;
}

/** A word for the epoch whose weights a run keeps: the best one only where it is chosen for being it. */
export function keptWord({ keeps, networks }: Pick<RunRecord, 'keeps' | 'networks'>): 'best' | 'kept' {
  return keeps === 'best' && networks === 1 ? 'best' : 'kept';
}

/** Which weights a run keeps, in a sentence; undefined before there are any. */
export function keptSentence({ run, history }: Pick<ChartRun, 'run' | 'history'>): string | undefined {
  const kept = keptEpoch(history, run);
  if (!kept) return undefined;
  if (run.networks > 1) {
    const epochs = keptEpochs(history, run);
    const last = epochs.at(-1)!;
    const which =
      epochs.length === 1
        ? `epoch ${last} are kept`
        : `epochs ${epochs.slice(0, -1).join(', ')} and ${last} are kept, one of each network, and their answers averaged`;
    return `${run.networks} networks train one after the other, ${plural(run.config.epochs, 'epoch')} each. The weights of ${which}.`;
  }
  return keptWord(run) === 'best'
    ? `The weights of epoch ${kept.epoch} are kept, the best one on the validation images.`
    : `The weights of epoch ${kept.epoch} are kept, the last one that ended.`;
}

/** The first epochs of the second and later networks of a run. */
export function networkStarts({ networks, config }: Pick<RunRecord, 'networks' | 'config'>): readonly number[] {
  return Array.from({ length: networks - 1 }, (_, i) => (i + 1) * config.epochs + 1);
}

/** An epoch by its number, and where a run has several networks, by its network too. */
export function epochWords(epoch: number, { networks, config }: Pick<RunRecord, 'networks' | 'config'>): string {
  if (networks === 1) return `epoch ${epoch}`;
  return `epoch ${epoch} (network ${Math.ceil(epoch / config.epochs)}, epoch ${((epoch - 1) % config.epochs) + 1})`;
}

/** How many epochs an axis needs room for: those that a run will have, and no more than those that it has once it is over. */
export function plannedEpochs({ run, history }: Pick<ChartRun, 'run' | 'history'>): number {
  return run.status === 'training' ? totalEpochs(run) : history.length;
}
