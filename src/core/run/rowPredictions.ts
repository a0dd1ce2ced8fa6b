import { argMax } from '../metrics';
import { requireClasses } from './predictions';
import type { Predictions } from './runRecord';

/** What a network said of rows of a file, as views and filters take it: labels, not classes. */
export interface RowPredictions {
  /** Ascending, from 1. */
  readonly rows: Uint32Array;
  /** The most probable label of each, and its probability. */
  readonly predicted: Int32Array;
  readonly probabilities: Float32Array;
  /** The true labels, where the network was given them. */
  readonly labels: Int32Array | undefined;
}

/** Predictions by row. `classes`: the label of each class. Throws `read-failed` where the predictions are of others. */
export function rowPredictions({ rows, labels, probabilities }: Predictions, classes: readonly number[]): RowPredictions {
  requireClasses({ rows, labels, probabilities }, classes.length);
  const best = argMax(probabilities, classes.length);
  // Validation rows stand in the order of the split.
  const order = Array.from(rows.keys()).sort((a, b) => rows[a]! - rows[b]!);
  return {
    rows: Uint32Array.from(order, at => rows[at]!),
    predicted: Int32Array.from(order, at => classes[best[at]!]!),
    probabilities: Float32Array.from(order, at => probabilities[at * classes.length + best[at]!]!),
    labels: labels && Int32Array.from(order, at => classes[labels[at]!]!),
  };
}
