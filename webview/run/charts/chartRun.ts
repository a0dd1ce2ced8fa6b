import { keptEpoch, keptEpochs } from '../../../src/core/run/keptEpoch';
import { totalEpochs, type EpochRecord, type RunRecord } from '../../../src/core/run/runRecord';
import { plural } from '../../../src/core/text';

/** A run in the charts. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  readonly run: RunRecord;
  readonly history: readonly EpochRecord[];
  /** Decides colour and marker; unique among the runs. */
  readonly slot: number;
}

/** The word for a kept epoch: "best" only if it was chosen by validation accuracy. */
export function keptWord({ keeps, networks }: Pick<RunRecord, 'keeps' | 'networks'>): 'best' | 'kept' {
  return keeps === 'best' && networks === 1 ? 'best' : 'kept';
}

/** Says which weights a run keeps; undefined before it has any. */
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

/** Names an epoch, and its network if the run has several. */
export function epochWords(epoch: number, { networks, config }: Pick<RunRecord, 'networks' | 'config'>): string {
  if (networks === 1) return `epoch ${epoch}`;
  return `epoch ${epoch} (network ${Math.ceil(epoch / config.epochs)}, epoch ${((epoch - 1) % config.epochs) + 1})`;
}

/** The epochs that an axis must cover: all planned ones while a run trains, then those it has. */
export function plannedEpochs({ run, history }: Pick<ChartRun, 'run' | 'history'>): number {
  return run.status === 'training' ? totalEpochs(run) : history.length;
}
