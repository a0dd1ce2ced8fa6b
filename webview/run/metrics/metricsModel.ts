import type { ClassMetrics } from './classMetrics';
import { wilsonInterval } from '../../../src/core/metrics';
import { resolveConfig } from '../../../src/core/run/runConfig';
import type { RunConfig } from '../../../src/core/run/runRecord';
import { percent } from '../../../src/core/text';
import type { Confusion } from '../matrix/confusionModel';

/** The columns of the metrics table. */
export const metricColumns = ['class', 'precision', 'recall', 'f1', 'support'] as const;

export type MetricColumn = (typeof metricColumns)[number];

export interface MetricSort {
  readonly column: MetricColumn;
  readonly descending: boolean;
}

/** Sorts class indices. Undefined values come last in either direction, ties in class order. */
export function sortedClasses(metrics: readonly ClassMetrics[], { column, descending }: MetricSort): readonly number[] {
  const value = (index: number): number | undefined => (column === 'class' ? index : metrics[index]![column]);
  return metrics
    .map((_, index) => index)
    .sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      if (one === undefined || other === undefined)
        return Number(one === undefined) - Number(other === undefined) || a - b;
      return (descending ? other - one : one - other) || a - b;
    });
}

/** The sort order after a click on a heading: ascending first, then descending. */
export function nextSort(sort: MetricSort, column: MetricColumn): MetricSort {
  return { column, descending: sort.column === column && !sort.descending };
}

/** Formats a metric: "98.71 %", never "100.00 %" for less than all. */
export function metricText(value: number | undefined): string {
  if (value === undefined) return '–';
  return value < 1 ? percent(Math.min(value, 0.9999)) : percent(value);
}

/** Why a class has no precision or recall; undefined if it has both. */
export function whyUndefined({ support, predicted }: ClassMetrics): string | undefined {
  if (support > 0 && predicted > 0) return undefined;
  if (support > 0) return 'never predicted, so there is no precision';
  return predicted > 0
    ? 'no image of it here, so there is no recall'
    : 'no image of it here and never predicted, so there is nothing to tell';
}

/** The reasons, one sentence each, with the labels of their classes. */
export function reasons(metrics: readonly ClassMetrics[], classes: readonly number[]): readonly string[] {
  const labelsOf = new Map<string, number[]>();
  metrics.forEach((each, index) => {
    const reason = whyUndefined(each);
    if (reason !== undefined) labelsOf.set(reason, [...(labelsOf.get(reason) ?? []), classes[index]!]);
  });
  return [...labelsOf].map(
    ([reason, labels]) => `${labels.length === 1 ? 'Class' : 'Classes'} ${labels.join(', ')}: ${reason}.`,
  );
}

/** Says how many images are correct. `totalName`: "4,200 validation images". */
export function accuracyWords(confusion: Confusion, totalName: string): string {
  const total = confusion.reduce((sum, row) => row.reduce((all, value) => all + value, sum), 0);
  if (total === 0) return 'No images.';
  const right = confusion.reduce((sum, row, label) => sum + row[label]!, 0);
  const { low, high } = wilsonInterval(right, total);
  return `${percent(right / total)} right of ${totalName}; 95 % confidence interval ${percent(low)} to ${percent(high)} (Wilson score interval)`;
}

/** Says how confident the network is, if it trained with label smoothing; undefined otherwise. */
export function confidenceWords(
  confidence: number | undefined,
  config: Pick<RunConfig, 'preset' | 'overrides'>,
): string | undefined {
  const { labelSmoothing: smoothing } = resolveConfig(config);
  if (confidence === undefined || smoothing === 0) return undefined;
  return `The network gave its answers a probability of ${percent(confidence)} on average. It was trained with labels smoothed by ${smoothing}, which keeps its probabilities modest.`;
}
