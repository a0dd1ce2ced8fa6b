/** The metrics of one class. Shares are 0 to 1, and undefined if the divisor is 0. */
export interface ClassMetrics {
  /** Images of the class. */
  readonly support: number;
  /** Images predicted as the class. */
  readonly predicted: number;
  /** Of the images predicted as the class, the share that belongs to it; undefined if it was never predicted. */
  readonly precision: number | undefined;
  /** Of the images of the class, the share predicted as it; undefined if there are none. */
  readonly recall: number | undefined;
  /**
   * The harmonic mean of both, computed as 2 correct / (support + predicted): 0 for a class that was never predicted
   * correctly, and undefined only without any image or prediction of it.
   */
  readonly f1: number | undefined;
}

export type Metric = 'precision' | 'recall' | 'f1';

/** Precision, recall and F1 of each class. `confusion`: counts, row = true class, column = predicted. */
export function classMetrics(confusion: readonly (readonly number[])[]): readonly ClassMetrics[] {
  return confusion.map((row, index) => {
    const right = row[index]!;
    const support = sum(row);
    const predicted = sum(confusion.map(other => other[index]!));
    return {
      support,
      predicted,
      precision: share(right, predicted),
      recall: share(right, support),
      f1: share(2 * right, support + predicted),
    };
  });
}

/** The unweighted mean of a metric over the classes for which it is defined, and their number. */
export function macroMean(
  classes: readonly ClassMetrics[],
  metric: Metric,
): { readonly mean: number | undefined; readonly of: number } {
  const values = classes.flatMap(({ [metric]: value }) => (value === undefined ? [] : [value]));
  return { mean: share(sum(values), values.length), of: values.length };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
