/** How well a network knows one class. Shares are 0 to 1, and undefined where there is nothing to divide by. */
export interface ClassMetrics {
  /** Images of the class. */
  readonly support: number;
  /** Images that were taken for it. */
  readonly predicted: number;
  /** Of the images taken for it, the share that is of it; undefined where it was never predicted. */
  readonly precision: number | undefined;
  /** Of its images, the share that was recognised; undefined where there are none. */
  readonly recall: number | undefined;
  /**
   * The harmonic mean of both, found as 2 right / (support + predicted): so it is 0 for a class that was never recognised,
   * and undefined only where there are neither images nor predictions of it.
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

/** The mean of a metric in which each class counts the same, and over how many classes: those for which it is defined. */
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
