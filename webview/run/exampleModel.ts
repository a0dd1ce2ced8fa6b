import type { MisclassifiedImages } from '../../src/protocol/panels';
import type { Cell } from './confusionModel';

/** One misclassified image. Classes are indices. */
export interface Example {
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  readonly probabilities: Float32Array;
}

/** The examples that a filter lets through, in their order. */
export function selectExamples({ rows, labels, predicted, probabilities }: MisclassifiedImages, filter: Cell | undefined): readonly Example[] {
  const classes = rows.length === 0 ? 0 : probabilities.length / rows.length;
  const examples: Example[] = [];
  rows.forEach((row, i) => {
    if (filter && (labels[i] !== filter.label || predicted[i] !== filter.predicted)) return;
    examples.push({ row, label: labels[i]!, predicted: predicted[i]!, probabilities: probabilities.subarray(i * classes, (i + 1) * classes) });
  });
  return examples;
}
