import type { MisclassifiedImages } from '../../../src/protocol/runPanel';
import { passes, type ExampleFilter } from './exampleFilter';

/** One misclassified image. Classes are indices. */
export interface Example {
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  readonly probabilities: Float32Array;
}

/** The sort order of misclassified images. `margin` is p(predicted) - p(true). */
export type ExampleSort = 'margin' | 'loss' | 'row';

/** The examples in the order of the host: by p(predicted) - p(true), largest first. */
export function unpackExamples({ rows, labels, predicted, probabilities }: MisclassifiedImages): readonly Example[] {
  const classes = rows.length === 0 ? 0 : probabilities.length / rows.length;
  return Array.from(rows, (row, i) => ({
    row,
    label: labels[i]!,
    predicted: predicted[i]!,
    probabilities: probabilities.subarray(i * classes, (i + 1) * classes),
  }));
}

/** Filters and sorts examples, which are in the order of the host. */
export function selectExamples(
  examples: readonly Example[],
  filter: ExampleFilter,
  sort: ExampleSort,
): readonly Example[] {
  const selected = examples.filter(example => passes(filter, example));
  switch (sort) {
    case 'margin':
      return selected;
    case 'loss':
      // The largest loss is the smallest probability of the true class.
      return selected.sort((a, b) => ownProbability(a) - ownProbability(b) || a.row - b.row);
    case 'row':
      return selected.sort((a, b) => a.row - b.row);
  }
}

/** The cross-entropy of an example in nats: -ln p(true). */
export function exampleLoss({ label, probabilities }: Example): number {
  return -Math.log(probabilities[label]!);
}

/** The probability of the true class. NaN of a diverged network sorts last. */
function ownProbability({ label, probabilities }: Example): number {
  const probability = probabilities[label]!;
  return Number.isNaN(probability) ? Infinity : probability;
}
