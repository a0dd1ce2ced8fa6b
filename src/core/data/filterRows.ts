import { UNREADABLE, type FileLabels } from '../csv/fileLabels';
import type { RowPredictions } from '../run/rowPredictions';

/** Which rows to show: those that meet all that is said. */
export interface RowFilter {
  /** Rows with this label, or those that can't be read. */
  readonly label: number | 'unreadable' | undefined;
  /** Rows for which the network predicted this label. */
  readonly predicted: number | undefined;
  /** Rows whose label the network found, or did not. */
  readonly outcome: 'right' | 'wrong' | undefined;
}

/** The filter says something of predictions, so that rows without one don't meet it. */
export function needsPredictions({ predicted, outcome }: RowFilter): boolean {
  return predicted !== undefined || outcome !== undefined;
}

/** The filter can't be applied without reading the labels of the file. */
export function needsLabels({ label, outcome }: RowFilter, predictions: RowPredictions | undefined): boolean {
  return label !== undefined || (outcome !== undefined && predictions?.labels === undefined);
}

/**
 * The rows that meet a filter, ascending. `labels` and `predictions` are there where {@link needsLabels} and
 * {@link needsPredictions} say so; a row whose label is not known is neither right nor wrong.
 */
export function filterRows(
  filter: RowFilter,
  labels: FileLabels | undefined,
  predictions: RowPredictions | undefined,
): Uint32Array {
  const { label, predicted, outcome } = filter;
  // Of a label that no row has the index is none.
  const wanted =
    label === 'unreadable' ? UNREADABLE : label === undefined ? undefined : (labels?.labels.indexOf(label) ?? -1);
  const hasLabel = (row: number): boolean => wanted === undefined || labels?.classes[row - 1] === wanted;
  if (!needsPredictions(filter))
    return collect(
      labels?.classes.length ?? 0,
      at => at + 1,
      at => hasLabel(at + 1),
    );
  if (!predictions) return new Uint32Array();

  const truth = (at: number): number | undefined =>
    labels ? labels.labels[labels.classes[predictions.rows[at]! - 1] ?? UNREADABLE] : predictions.labels?.[at];
  const hasOutcome = (at: number): boolean => {
    if (outcome === undefined) return true;
    const label = truth(at);
    return label !== undefined && (label === predictions.predicted[at]) === (outcome === 'right');
  };
  return collect(
    predictions.rows.length,
    at => predictions.rows[at]!,
    at =>
      (predicted === undefined || predictions.predicted[at] === predicted) &&
      hasLabel(predictions.rows[at]!) &&
      hasOutcome(at),
  );
}

function collect(count: number, rowAt: (at: number) => number, meets: (at: number) => boolean): Uint32Array {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let at = 0; at < count; at++) if (meets(at)) rows[found++] = rowAt(at);
  // A copy, because a view would take all of its memory along to another process.
  return rows.slice(0, found);
}
