import { count } from '../../src/core/text';
import { probability } from '../shared/probability';
import type { PreviewRow } from './pageCache';
import type { RowPrediction } from './predictionLookup';

/** Describes a row: "Row 12, label 7", and its prediction: "predicted 1 with probability 0.83: wrong". */
export function describeRow(
  row: number,
  value: PreviewRow | undefined,
  hasLabels: boolean,
  prediction?: RowPrediction,
): string {
  const name = `Row ${count(row)}`;
  if (!value) return name;
  if ('problem' in value) return `${name} can't be read: ${value.problem}`;
  const labelled = hasLabels ? `${name}, label ${value.label}` : name;
  if (!prediction) return labelled;
  const outcome = hasLabels ? `: ${isWrong(value, prediction) ? 'wrong' : 'right'}` : '';
  return `${labelled}, predicted ${prediction.label} with probability ${probability(prediction.probability)}${outcome}`;
}

/** Whether the predicted label differs from the label of the row. */
export function isWrong(value: PreviewRow | undefined, prediction: RowPrediction | undefined): boolean {
  return (
    value !== undefined &&
    'digit' in value &&
    value.label !== undefined &&
    prediction !== undefined &&
    prediction.label !== value.label
  );
}
