import { count } from '../../src/core/text';

/** The bars of one colour. */
export interface BarSeries {
  readonly name: string;
  /** One per label. */
  readonly counts: readonly number[];
}

/**
 * The ticks of an axis that reaches at least `most`: from 0 in steps of 1, 2 or 5 times a power of ten, at most six.
 */
export function axisTicks(most: number): readonly number[] {
  const steps = [1, 2, 5]
    .flatMap(digit => Array.from({ length: 16 }, (_, power) => digit * 10 ** power))
    .sort((a, b) => a - b);
  const step = steps.find(size => Math.ceil(most / size) <= 5) ?? most;
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step);
}

/** The step between labels that are named below the bars, so that the names do not overlap. */
export function labelStride(labels: number): number {
  return Math.max(1, Math.ceil(labels / 12));
}

/** Describes a chart in a sentence, for screen readers. */
export function describeBars(labels: readonly number[], series: readonly BarSeries[]): string {
  const parts = series.map(({ name, counts }) => {
    const least = Math.min(...counts);
    const most = Math.max(...counts);
    return `${name} from ${count(least)} (label ${labels[counts.indexOf(least)]!}) to ${count(most)} (label ${labels[counts.indexOf(most)]!})`;
  });
  return `Images of each label: ${parts.join('; ')}.`;
}
