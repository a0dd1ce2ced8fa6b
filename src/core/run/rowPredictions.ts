import { argMax } from '../metrics';
import { requireAnswers } from './predictions';
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

/** Predictions by row. `classes`: the label of each class. Throws `read-failed` where the predictions are of others, and `diverged` where they are no finite numbers. */
export function rowPredictions(
  { rows, labels, probabilities }: Predictions,
  classes: readonly number[],
): RowPredictions {
  requireAnswers({ rows, labels, probabilities }, classes.length);
  const best = argMax(probabilities, classes.length);
  const order = ascending(rows);
  return {
    rows: Uint32Array.from(order, at => rows[at]!),
    predicted: Int32Array.from(order, at => classes[best[at]!]!),
    probabilities: Float32Array.from(order, at => probabilities[at * classes.length + best[at]!]!),
    labels: labels && Int32Array.from(order, at => classes[labels[at]!]!),
  };
}

/** Where the rows are, by their numbers. Those of a file are in order already, those of a validation set in that of the split. */
function ascending(rows: Uint32Array): Uint32Array {
  const order = Uint32Array.from(rows.keys());
  return rows.every((row, at) => at === 0 || row > rows[at - 1]!) ? order : order.sort((a, b) => rows[a]! - rows[b]!);
}
