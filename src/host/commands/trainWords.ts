import path from 'node:path';
import { presets, type Preset } from '../../core/presets';
import { totalEpochs, type RunConfig, type RunRecord } from '../../core/run/runRecord';
import { count, percent, plural, roughDuration } from '../../core/text';
import type { Progress } from '../../protocol/training';

// What the train and the resume command say. Nothing here needs VS Code.

const mostEpochs = 1000;

/** What a preset costs, for the list: "6 epochs", "6 networks, 10 epochs each". */
export function presetCost({ networks, epochs }: Pick<Preset, 'networks' | 'epochs'>): string {
  return networks === 1 ? plural(epochs, 'epoch') : `${plural(networks, 'network')}, ${plural(epochs, 'epoch')} each`;
}

/** What the settings change of every preset, to follow a question; nothing where they change nothing. */
export function settingsWords({ validationShare, ...values }: Readonly<Record<string, number>>): string {
  const named = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  if (validationShare !== undefined && validationShare > 0) named.push(`validationShare ${validationShare}`);
  return [
    ...(validationShare === 0 ? [' Trains on all rows, no validation.'] : []),
    ...(named.length === 0 ? [] : [` Your own values: ${named.join(', ')}.`]),
  ].join('');
}

/** The question for a number of epochs; the time is known once it is measured. */
export function epochsQuestion(epochs: number, networks: number, secondsPerEpoch: number | undefined): string {
  const question =
    networks === 1
      ? 'Epochs: how many times to go over the data.'
      : `Epochs of each network: how many times each of the ${networks} goes over the data.`;
  if (secondsPerEpoch === undefined) return `${question} Measuring how long that takes here…`;
  return `${question} About ${roughDuration(secondsPerEpoch * epochs)} on this machine, ${roughDuration(secondsPerEpoch)} an epoch${networks === 1 ? '' : ' of all networks'}.`;
}

/**
 * The number of epochs to offer: what the user chose `last`, or what suits the rows. Versions that did not look at the rows
 * kept the preset's own, which nobody chose.
 */
export function epochsOffered(last: number | undefined, { preset, epochs }: RunConfig): number {
  return last === undefined || last === presets[preset].epochs ? epochs : last;
}

/** Follows the question where the rows are so few that the preset's own epochs would be too few steps. */
export function fewRowsHint({ preset, epochs }: RunConfig): string {
  const own = presets[preset].epochs;
  return epochs === own ? '' : ` With so few rows, ${plural(epochs, 'epoch')} suit ${preset} (${own} with many).`;
}

/** A number of epochs, or what is wrong with the text. */
export function readEpochs(text: string): number | string {
  const value = Number(text.trim());
  return /^\s*\d+\s*$/.test(text) && value >= 1 && value <= mostEpochs
    ? value
    : `A whole number from 1 to ${mostEpochs}.`;
}

/** How much of a training is done, 0 to 1. */
export function shareDone(progress: Progress): number {
  switch (progress.phase) {
    case 'training':
      return (progress.epoch - 1 + progress.share * 0.95) / progress.epochs;
    case 'validating':
      return (progress.epoch - 1 + 0.95 + progress.share * 0.05) / progress.epochs;
    case 'reading':
    case 'predicting':
      return 0;
  }
}

/** How far a training has come. */
export function describeProgress(progress: Progress | 'waiting'): string {
  if (progress === 'waiting') return 'waiting for another training to end';
  switch (progress.phase) {
    case 'reading':
      return `reading ${path.basename(progress.file)}, ${Math.round(progress.share * 100)} %`;
    case 'training':
      return `epoch ${progress.epoch} of ${progress.epochs}, accuracy ${percent(progress.accuracy)}, ${roughDuration(progress.secondsLeft)} left`;
    case 'validating':
      return `epoch ${progress.epoch} of ${progress.epochs}, validating`;
    case 'predicting':
      return 'predicting';
  }
}

/** The button that trains without the rows that can't be read. */
export function skipRowsButton(rows: number): string {
  return `Skip ${plural(rows, 'Row')}`;
}

/** What came of a training on a file; undefined where no epoch ended. */
export function closingSentence(run: RunRecord, file: string): string | undefined {
  const { bestEpoch, valAccuracy, status, data } = run;
  if (bestEpoch === undefined) return undefined;
  const result =
    valAccuracy === undefined
      ? undefined
      : `${percent(valAccuracy)} of ${count(data.validationRows)} validation images right`;
  if (status === 'cancelled')
    return `Training on ${file} was cancelled; the weights of epoch ${bestEpoch} are kept${result === undefined ? '' : ` (${result})`}.`;
  return result === undefined
    ? `Trained on all ${plural(data.trainingRows, 'image')} of ${file}: the weights of epoch ${bestEpoch} of ${totalEpochs(run)} are kept. None was set aside for validation.`
    : `Trained on ${file}: ${result} after epoch ${bestEpoch}.`;
}
