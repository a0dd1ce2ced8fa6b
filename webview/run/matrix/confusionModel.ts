import { count, plural } from '../../../src/core/text';
import type { ExampleFilter } from '../examples/exampleFilter';

/** Counts of images: row = true class, column = predicted. */
export type Confusion = readonly (readonly number[])[];

/** A cell by class indices. -1 is a heading: `predicted` -1 is that of the row of `label`, and vice versa. */
export interface Place {
  readonly label: number;
  readonly predicted: number;
}

/** Options of the matrix. */
export interface MatrixOptions {
  /** Shows the diagonal, and scales colours to include it. */
  readonly diagonal: boolean;
  /** Shares of the true class instead of counts. */
  readonly shares: boolean;
}

/** Counts, or shares of their row; undefined for shares of a class without images. */
export function cellValues(confusion: Confusion, shares: boolean): readonly (readonly (number | undefined)[])[] {
  if (!shares) return confusion;
  return confusion.map(row => {
    const total = sum(row);
    return row.map(value => (total === 0 ? undefined : value / total));
  });
}

/** The largest value shown, which the colour scale ends at. */
export function largestValue(values: readonly (readonly (number | undefined)[])[], diagonal: boolean): number {
  let most = 0;
  values.forEach((row, label) =>
    row.forEach((value, predicted) => {
      if (value !== undefined && value > most && (diagonal || predicted !== label)) most = value;
    }),
  );
  return most;
}

/**
 * The strength of a cell's colour, 0 to 1. Grows with the square root, so that single images are visible beside many.
 */
export function heat(value: number | undefined, most: number): number {
  return value === undefined || most === 0 ? 0 : Math.sqrt(Math.min(1, value / most));
}

/** The text of a cell. Shares are in percent: never "0" for some images, or "100" for less than all. */
export function cellText(value: number | undefined, shares: boolean): string {
  if (value === undefined) return '–';
  if (!shares) return count(value);
  if (value === 0 || value === 1) return String(value * 100);
  return value < 0.0005 ? '<0.1' : Math.min(99.9, value * 100).toFixed(1);
}

/** Describes a cell or a heading. `classes`: their labels. */
export function describePlace(confusion: Confusion, classes: readonly number[], { label, predicted }: Place): string {
  if (predicted === -1) {
    const row = confusion[label]!;
    return `true ${classes[label]!}: ${plural(sum(row), 'image')}, ${count(sum(row) - row[label]!)} misclassified`;
  }
  if (label === -1) {
    const column = confusion.map(row => row[predicted]!);
    return `predicted ${classes[predicted]!}: ${plural(sum(column), 'image')}, ${count(sum(column) - column[predicted]!)} misclassified`;
  }
  const row = confusion[label]!;
  const value = row[predicted]!;
  const share = value === 0 ? '' : `, ${cellText(value / sum(row), true)} % of true ${classes[label]!}`;
  return `true ${classes[label]!}, predicted ${classes[predicted]!}: ${plural(value, 'image')}${share}${label === predicted ? ', right' : ''}`;
}

/** The filter for a cell or heading; undefined for cells without mistakes: the diagonal and empty cells. */
export function filterAt(confusion: Confusion, { label, predicted }: Place): ExampleFilter | undefined {
  if (label >= 0 && predicted >= 0 && (label === predicted || confusion[label]![predicted] === 0)) return undefined;
  return { label: label < 0 ? undefined : label, predicted: predicted < 0 ? undefined : predicted };
}

/** Rows that Page Up and Page Down move by. */
const PAGE = 10;

/** The place that a key leads to, headings included; undefined if the matrix does not handle it. */
export function nextPlace(
  { label, predicted }: Place,
  key: string,
  toEnd: boolean,
  classes: number,
): Place | undefined {
  const last = classes - 1;
  // The corner of the headings is empty.
  const vertical = (by: number): Place => ({
    label: Math.min(last, Math.max(predicted < 0 ? 0 : -1, label + by)),
    predicted,
  });
  const horizontal = (by: number): Place => ({
    label,
    predicted: Math.min(last, Math.max(label < 0 ? 0 : -1, predicted + by)),
  });
  switch (key) {
    case 'ArrowLeft':
      return horizontal(-1);
    case 'ArrowRight':
      return horizontal(1);
    case 'ArrowUp':
      return vertical(-1);
    case 'ArrowDown':
      return vertical(1);
    case 'PageUp':
      return vertical(-PAGE);
    case 'PageDown':
      return vertical(PAGE);
    case 'Home':
      return toEnd ? { label: 0, predicted: 0 } : horizontal(-classes);
    case 'End':
      return toEnd ? { label: last, predicted: last } : horizontal(classes);
    default:
      return undefined;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
