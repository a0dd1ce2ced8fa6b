import type { RowFilter } from '../../src/core/data/filterRows';
import { count } from '../../src/core/text';
import type { LabelChoices, PredictionChoice } from '../../src/protocol/previewFilter';
import type { PredictionLookup } from './predictionLookup';

/** The user's choices, as in the dropdowns and the kept state. '' is any; for `source`, the newest. */
export interface FilterChoices {
  /** A label, or "unreadable". */
  readonly label: string;
  readonly predicted: string;
  /** "right" or "wrong". */
  readonly outcome: string;
  /** The id of the predictions. */
  readonly source: string;
}

export const noChoices: FilterChoices = { label: '', predicted: '', outcome: '', source: '' };

/** An option of a dropdown. */
export interface Option {
  readonly value: string;
  readonly name: string;
}

const any: Option = { value: '', name: 'Any' };

/** The chosen filter; undefined to show all rows. */
export function toFilter({ label, predicted, outcome }: FilterChoices): RowFilter | undefined {
  const filter: RowFilter = {
    label: label === 'unreadable' ? label : toLabel(label),
    predicted: toLabel(predicted),
    outcome: outcome === 'right' || outcome === 'wrong' ? outcome : undefined,
  };
  return filter.label === undefined && filter.predicted === undefined && filter.outcome === undefined
    ? undefined
    : filter;
}

/** The chosen predictions, or the newest where none are chosen or those are gone. */
export function sourceOf(
  sources: readonly PredictionChoice[],
  { source }: FilterChoices,
): PredictionChoice | undefined {
  return sources.find(({ id }) => id === source) ?? sources[0];
}

/** The labels to choose from, with row counts. Includes the chosen one even before they are known. */
export function labelOptions(known: LabelChoices | undefined, chosen: string): readonly Option[] {
  const options =
    known?.labels.map((label, at): Option => ({
      value: String(label),
      name: `${label} (${count(known.counts[at]!)})`,
    })) ?? [];
  const unreadable =
    (known?.unreadable ?? 0) > 0 ? [{ value: 'unreadable', name: `Can't be read (${count(known!.unreadable)})` }] : [];
  return withChosen([any, ...options, ...unreadable], chosen, chosen === 'unreadable' ? "Can't be read" : chosen);
}

/** The predicted labels to choose from. */
export function predictedOptions(predictions: PredictionLookup | undefined, chosen: string): readonly Option[] {
  const options =
    predictions?.labels.map(({ label, count: rows }): Option => ({
      value: String(label),
      name: `${label} (${count(rows)})`,
    })) ?? [];
  return withChosen([any, ...options], chosen, chosen);
}

export const outcomeOptions: readonly Option[] = [
  any,
  { value: 'right', name: 'Right' },
  { value: 'wrong', name: 'Wrong' },
];

function withChosen(options: readonly Option[], chosen: string, name: string): readonly Option[] {
  return options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, name }];
}

function toLabel(text: string): number | undefined {
  return /^-?\d{1,10}$/.test(text) ? Number(text) : undefined;
}
