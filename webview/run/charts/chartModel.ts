import type { EpochRange } from './epochRange';

export type Scale = 'linear' | 'log';
export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'wedge' | 'star' | 'bar';

/** The style of a line. Lines differ in more than colour. */
export interface LineStyle {
  /** A VS Code colour, such as "charts-blue". */
  readonly color: string;
  readonly marker: MarkerShape;
  /** Dashed, with hollow markers. */
  readonly dashed: boolean;
}

/** One line of a chart: a measure of one run. */
export interface Line extends LineStyle {
  readonly key: string;
  /** "training" or "validation". */
  readonly label: string;
  /** The index of the run. */
  readonly run: number;
  readonly epochs: readonly number[];
  /** The measured values. */
  readonly values: readonly number[];
  /** The drawn values: measured or smoothed. */
  readonly drawn: readonly number[];
  /** Epochs per network; the line starts over with each network. */
  readonly epochsPerNetwork: number;
  /** Epochs whose weights are kept. */
  readonly kept: readonly number[];
}

/** A point of a line. */
export interface Point {
  readonly epoch: number;
  readonly value: number;
}

/** Relative differences below this are rounding errors. */
const ROUNDING = 1e-9;

/**
 * The range of an axis: that of the values plus a margin, within `floor` and `ceiling`. Never empty, even for one
 * value.
 */
export function axisRange(values: readonly number[], floor: number, ceiling: number): [number, number] {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return [Math.max(0, floor), Math.min(1, ceiling)];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const isFlat = high - low <= Math.abs(high) * ROUNDING;
  const margin = isFlat ? Math.abs(high) * 0.1 || 0.1 : (high - low) * 0.1;
  return [Math.max(floor, low - margin), Math.min(ceiling, high + margin)];
}

/** The range of a logarithmic axis. Ignores values that are not positive. */
export function logAxisRange(values: readonly number[]): [number, number] {
  const known = values.filter(value => Number.isFinite(value) && value > 0);
  if (known.length === 0) return [0.1, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = (high / low) ** 0.08;
  return margin > 1.001 ? [low / margin, high * margin] : [low / 1.1, high * 1.1];
}

/** The value of a line at an epoch, measured or drawn; undefined if it has none. */
export function valueAt(line: Line, epoch: number, which: 'values' | 'drawn' = 'values'): number | undefined {
  const index = line.epochs.indexOf(epoch);
  return index < 0 ? undefined : line[which][index];
}

/** The values that the y axis must cover: those of the epochs in view, both measured and drawn. */
export function valuesInView(lines: readonly Line[], { first, last }: EpochRange): number[] {
  return lines.flatMap(({ epochs, values, drawn }) =>
    epochs.flatMap((epoch, i) =>
      epoch < first || epoch > last ? [] : drawn === values ? [values[i]!] : [values[i]!, drawn[i]!],
    ),
  );
}

/**
 * Splits a line into connected pieces: at each new network, at values that are not finite, and on a logarithmic scale
 * at values that are not positive.
 */
export function pieces(
  { epochs, epochsPerNetwork }: Pick<Line, 'epochs' | 'epochsPerNetwork'>,
  values: readonly number[],
  scale: Scale,
): readonly (readonly Point[])[] {
  const all: Point[][] = [];
  let open: Point[] | undefined;
  epochs.forEach((epoch, i) => {
    const value = values[i]!;
    if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) {
      open = undefined;
      return;
    }
    if (!open || (epoch - 1) % epochsPerNetwork === 0) all.push((open = []));
    open.push({ epoch, value });
  });
  return all;
}

/** Whether a logarithmic scale can't show a value. */
export function hasNoLogarithm(lines: readonly Line[]): boolean {
  return lines.some(({ values }) => values.some(value => value <= 0));
}

/** All epochs with a value, ascending. */
export function epochsOf(lines: readonly Line[]): readonly number[] {
  return [...new Set(lines.flatMap(({ epochs }) => epochs))].sort((a, b) => a - b);
}

/** The smallest distance between markers, in pixels. */
const closest = 9;
/** The distance between markers that only distinguish lines, in pixels. */
const apart = 70;

/**
 * Says which epochs have a marker: all if there is room. Otherwise none for a single run (`alone`), whose lines differ
 * by their dashes, and with several runs some, at different epochs for each run, so that they do not hide each other.
 */
export function hasMarker(pixelsPerEpoch: number, alone: boolean, run: number): (epoch: number) => boolean {
  if (pixelsPerEpoch >= closest) return () => true;
  if (alone) return () => false;
  const every = Math.ceil(apart / pixelsPerEpoch);
  const offset = Math.round((run * every) / 3) % every;
  return epoch => epoch % every === offset;
}

/** Describes a chart in a sentence, for screen readers. */
export function describeChart(
  title: string,
  lines: readonly (Pick<Line, 'epochs' | 'values'> & { readonly name: string })[],
  format: (value: number) => string,
): string {
  const known = lines.filter(({ epochs }) => epochs.length > 0);
  if (known.length === 0) return `${title}: no epoch has ended yet.`;
  const first = Math.min(...known.map(({ epochs }) => epochs[0]!));
  const last = Math.max(...known.map(({ epochs }) => epochs.at(-1)!));
  const words = known.map(({ name, values }) => {
    const start = format(values[0]!);
    return values.length === 1 ? `${name} ${start}` : `${name} from ${start} to ${format(values.at(-1)!)}`;
  });
  return `${title}, ${first === last ? `epoch ${first}` : `epochs ${first} to ${last}`}: ${words.join('; ')}.`;
}
