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

/** A probability as people read it: "0.98", and "<0.01" for what is not nothing. */
export function probability(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value > 0 && value < 0.005) return '<0.01';
  return value > 0.995 && value < 1 ? '>0.99' : value.toFixed(2);
}

/** A bar of the inspector. */
export interface Bar {
  /** Class index. */
  readonly index: number;
  readonly probability: number;
  /** What the class is to this image, in words. */
  readonly role: 'true' | 'predicted' | undefined;
}

/** Most bars that are shown in the order of the classes; of more classes, only the most probable. */
const MOST_BARS = 12;
const TOP_BARS = 10;

/** The bars of an example: all classes in their order, or of many the most probable ones, and always the true class. */
export function bars({ label, predicted, probabilities }: Example): readonly Bar[] {
  const all = Array.from(probabilities, (value, index): Bar => ({
    index,
    probability: value,
    role: index === label ? 'true' : index === predicted ? 'predicted' : undefined,
  }));
  if (all.length <= MOST_BARS) return all;
  const sorted = all.sort((a, b) => b.probability - a.probability);
  const top = sorted.slice(0, TOP_BARS);
  return top.some(bar => bar.role === 'true') ? top : [...top, ...sorted.filter(bar => bar.role === 'true')];
}
