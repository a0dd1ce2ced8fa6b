import type { MisclassifiedImages } from '../../../src/protocol/runPanel';
import { passes, type ExampleFilter } from './exampleFilter';

/** One misclassified image. Classes are indices. */
export interface Example {
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  readonly probabilities: Float32Array;
}

/** What the misclassified images are ordered by. `margin` is p(predicted) - p(true). */
export type ExampleSort = 'margin' | 'loss' | 'row';

/** The examples in the order that the host sent them: by p(predicted) - p(true), the largest first. */
export function unpackExamples({ rows, labels, predicted, probabilities }: MisclassifiedImages): readonly Example[] {
  const classes = rows.length === 0 ? 0 : probabilities.length / rows.length;
  return Array.from(rows, (row, i) => ({
    row,
    label: labels[i]!,
    predicted: predicted[i]!,
    probabilities: probabilities.subarray(i * classes, (i + 1) * classes),
  }));
}

/** The examples that a filter lets through, in an order. `examples` as the host sent them. */
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
      // The loss falls as the true class grows more probable.
      return selected.sort((a, b) => ownProbability(a) - ownProbability(b) || a.row - b.row);
    case 'row':
      return selected.sort((a, b) => a.row - b.row);
  }
}

/** The cross-entropy of an example in nats: -ln p(true). */
export function exampleLoss({ label, probabilities }: Example): number {
  return -Math.log(probabilities[label]!);
}

/** Of the true class. A network that diverged answers with NaN; such images come last. */
function ownProbability({ label, probabilities }: Example): number {
  const probability = probabilities[label]!;
  return Number.isNaN(probability) ? Infinity : probability;
}
