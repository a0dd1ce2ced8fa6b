import type { RowPredictions } from '../../src/core/run/rowPredictions';
import { lowerBound } from './rowList';

/** The prediction for a row. */
export interface RowPrediction {
  readonly label: number;
  readonly probability: number;
}

/** A network's predictions, by row. */
export class PredictionLookup {
  /** The predicted labels, ascending, with row counts. */
  readonly labels: readonly { readonly label: number; readonly count: number }[];
  /** Characters of the longest label. */
  readonly longest: number;
  private readonly predictions: RowPredictions;

  constructor(predictions: RowPredictions) {
    this.predictions = predictions;
    const counts = new Map<number, number>();
    for (const label of predictions.predicted) counts.set(label, (counts.get(label) ?? 0) + 1);
    this.labels = [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => a.label - b.label);
    this.longest = Math.max(1, ...this.labels.map(({ label }) => String(label).length));
  }

  /** Number of rows with a prediction. */
  get count(): number {
    return this.predictions.rows.length;
  }

  of(row: number): RowPrediction | undefined {
    const { rows, predicted, probabilities } = this.predictions;
    const at = lowerBound(rows, row);
    return rows[at] === row ? { label: predicted[at]!, probability: probabilities[at]! } : undefined;
  }
}
