import { keptEpoch } from '../../../src/core/run/keptEpoch';
import { count, describeEngine, duration, percent, plural, roughDuration } from '../../../src/core/text';
import { statusNames, totalEpochs, type EpochRecord, type RunRecord } from '../../../src/core/run/runRecord';
import type { RunPanelState } from '../../../src/protocol/runPanel';
import type { Progress } from '../../../src/protocol/training';

/** Says what stopped a run and how to continue it; undefined while it trains or when it finished normally. */
export function statusSentence({
  run,
  history,
  trainsHere,
  canResume,
}: Pick<RunPanelState, 'run' | 'history' | 'trainsHere' | 'canResume'>): string | undefined {
  if (trainsHere) return undefined;
  const epochs = totalEpochs(run);
  const ended = history.length;
  const best = keptEpoch(history, run);
  const kept = best ? ` The weights of epoch ${best.epoch} are kept.` : '';
  const next = canResume ? (ended < epochs ? ` Resume goes on with epoch ${ended + 1}.` : ' Resume finishes it.') : '';
  switch (run.status) {
    case 'cancelled':
      return (
        (ended === 0
          ? 'Training was cancelled before the first epoch ended. Nothing is kept of it.'
          : `Training was cancelled after epoch ${ended} of ${epochs}.`) +
        kept +
        next
      );
    case 'interrupted':
      return (
        (ended === 0
          ? 'Training was interrupted before the first epoch ended: its process is gone. Nothing is kept of it.'
          : `Training was interrupted after epoch ${ended} of ${epochs}: its process is gone.`) +
        kept +
        next
      );
    case 'failed':
      return (run.error?.message ?? 'Training failed.') + kept + next;
    case 'training':
    case 'done':
      return undefined;
  }
}

/** The status of a run in a word. One that is about to resume differs from what its folder says. */
export function statusWord({ run, trainsHere }: Pick<RunPanelState, 'run' | 'trainsHere'>): string {
  return trainsHere && run.status !== 'training' ? 'Resuming' : statusNames[run.status];
}

/** A running job in words. */
export interface ProgressWords {
  /** "Epoch 2 of 5". */
  readonly title: string;
  /** The filled part of the bar, 0 to 1. */
  readonly share: number;
  readonly details: readonly string[];
}

/** Describes the progress of a job. The bar of a training covers all its epochs. */
export function progressWords(progress: Progress): ProgressWords {
  switch (progress.phase) {
    case 'reading':
      return { title: `Reading ${progress.file}`, share: progress.share, details: [] };
    case 'training':
      return {
        title: `Epoch ${progress.epoch} of ${progress.epochs}`,
        share: (progress.epoch - 1 + progress.share) / progress.epochs,
        details: [
          `loss ${loss(progress.loss)}`,
          `accuracy ${percent(progress.accuracy)}`,
          `about ${roughDuration(progress.secondsLeft)} left`,
        ],
      };
    case 'validating':
      return {
        title: `Epoch ${progress.epoch} of ${progress.epochs}`,
        share: progress.epoch / progress.epochs,
        details: ['checking the validation images'],
      };
    case 'predicting':
      return { title: 'Predicting the test images', share: progress.share, details: [] };
  }
}

/** Formats a loss with four decimals. */
export function loss(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : 'not a number';
}

/** Formats a learning rate without trailing zeros: "0.001", "0.00025". */
export function learningRate(value: number): string {
  return value === 0 || value >= 1e-6 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** The facts about a run for the line below its heading: start, duration, engine and what is unusual. */
export function runFacts(
  { created, config, engine, seconds, data }: RunRecord,
  history: readonly EpochRecord[],
): readonly string[] {
  const started = new Date(created).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  const spent = Math.max(
    seconds,
    history.reduce((sum, epoch) => sum + epoch.seconds, 0),
  );
  return [
    `started ${started}`,
    ...(config.limit === undefined ? [] : [`only the first ${count(data.rows)} images`]),
    ...(data.skippedRows === undefined ? [] : [`without ${plural(data.skippedRows, 'row')} that can't be read`]),
    ...(data.validationRows === 0 ? ['on all rows'] : []),
    ...(config.fewRows?.batchSize === undefined || config.overrides?.batchSize !== undefined
      ? []
      : [`batches of ${config.fewRows.batchSize}, for few rows`]),
    ...(config.fewRows?.augmentation ? ['augmentation, for few rows'] : []),
    ...Object.entries(config.overrides ?? {}).flatMap(([name, value]) =>
      name === 'validationShare' && value === 0 ? [] : [`${name} ${value}`],
    ),
    `seed ${config.seed}`,
    `${engine.name} engine, ${describeEngine(engine)}`,
    ...(spent === 0 ? [] : [`trained for ${duration(spent)}`]),
  ];
}
