import { resolvePreset, type Overrides } from '../overrides';
import { plural } from '../text';
import type { FewRows, RunConfig } from './runRecord';
import { presets, type Preset, type PresetName } from '../presets';

/** How often to go over few rows, and what else changes for them. */
export interface FittedTraining {
  /** Of each network. */
  readonly epochs: number;
  /** Missing where the preset is used as it is. */
  readonly fewRows?: FewRows;
}

/** Batches below this size make noisy means, and no more accurate networks. */
const leastBatch = 32;
/** Steps of an epoch before batches grow. */
const stepsPerEpoch = 32;
/** More takes longer than it is worth: an epoch has costs of its own, its files and its validation. */
const mostFittedEpochs = 400;
/** From so many steps on, the means that batch normalisation keeps forget their first values by themselves. */
const enoughSteps = 100;

/**
 * Fits a preset to about so many `rows`: a network learns in steps, and an epoch over few rows has few. The preset's
 * `leastSteps` are what it is to have, in images: epochs are added, batches shrink, and what counts in epochs follows. The
 * user's own values (`overrides`, `epochs`) are left alone. On the 42,000 rows of Kaggle's digits nothing changes.
 */
export function fitToRows(name: PresetName, overrides: Overrides, rows: number, epochsChosen?: number): FittedTraining {
  const preset = presets[name];
  const own = resolvePreset(name, overrides);
  const trainingRows = Math.max(rows - Math.ceil(rows * own.validationShare), 1);
  const leastImages = preset.leastSteps * preset.batchSize;
  const fitted = Math.min(Math.ceil(leastImages / trainingRows), mostFittedEpochs);
  const epochs = epochsChosen ?? Math.max(preset.epochs, fitted);

  const power = 2 ** Math.floor(Math.log2(Math.max(trainingRows / stepsPerEpoch, 1)));
  const batchSize = Math.min(Math.max(power, leastBatch), preset.batchSize);
  const steps = epochs * Math.max(Math.floor(trainingRows / (overrides.batchSize ?? batchSize)), 1);
  const isFew = fitted > preset.epochs;
  const { schedule } = preset;
  // As large a part of the least training as in the preset's own epochs.
  const patience = schedule.type === 'plateau' ? Math.ceil((schedule.patience / preset.epochs) * fitted) : 0;
  const fewRows: FewRows = {
    ...(batchSize < preset.batchSize && { batchSize }),
    ...(isFew && preset.fewRowsAugmentation && { augmentation: preset.fewRowsAugmentation }),
    ...(isFew && schedule.type === 'plateau' && { patience }),
    ...(steps < enoughSteps && { batchNormMomentum: 1 - 1 / Math.max(steps / 10, 2) }),
  };
  return { epochs, ...(Object.keys(fewRows).length > 0 && { fewRows }) };
}

/** What is done otherwise than in the preset for so few rows, as a sentence; undefined where nothing is. `areEpochsChosen`: by the user. */
export function fewRowsWords(
  { preset: name, epochs, overrides, fewRows }: Pick<RunConfig, 'preset' | 'epochs' | 'overrides' | 'fewRows'>,
  areEpochsChosen: boolean,
): string | undefined {
  const preset = presets[name];
  const batchSize = overrides?.batchSize === undefined ? fewRows?.batchSize : undefined;
  const what = [
    ...(!areEpochsChosen && epochs !== preset.epochs ? [`${plural(epochs, 'epoch')} instead of ${preset.epochs}`] : []),
    ...(batchSize === undefined ? [] : [`batches of ${batchSize} instead of ${preset.batchSize}`]),
    ...(fewRows?.augmentation ? ['augmentation'] : []),
  ];
  return what.length === 0
    ? undefined
    : `The rows are few, so ${name} trains with ${new Intl.ListFormat('en-GB').format(what)}.`;
}

/** The preset of this name with what changes for few rows. */
export function withFewRows(name: PresetName, { batchSize, augmentation, patience }: FewRows = {}): Preset {
  const preset = presets[name];
  const { schedule } = preset;
  return {
    ...preset,
    ...(batchSize !== undefined && { batchSize }),
    ...(augmentation && { augmentation }),
    ...(patience !== undefined && schedule.type === 'plateau' && { schedule: { ...schedule, patience } }),
  };
}
