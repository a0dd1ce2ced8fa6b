/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** A VS Code colour, as in "charts-blue". */
  readonly color: string;
  /** Lines are told apart by more than their colours. */
  readonly dashed: boolean;
  readonly values: readonly number[];
}

/** The range of an axis: a little more than the values, within `floor` and `ceiling`; sensible for a single value, too. */
export function axisRange(values: readonly number[], floor: number, ceiling: number): [number, number] {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return [Math.max(0, floor), Math.min(1, ceiling)];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = (high - low) * 0.1 || Math.abs(high) * 0.1 || 0.1;
  return [Math.max(floor, low - margin), Math.min(ceiling, high + margin)];
}

/** The epochs of the x axis: all that are planned, half a step around them. */
export function epochRange(planned: number, ended: number): [number, number] {
  return [0.5, Math.max(planned, ended, 1) + 0.5];
}

/** A chart in a sentence, for who does not see it. */
export function describeChart(title: string, epochs: readonly number[], series: readonly Series[], format: (value: number) => string): string {
  if (epochs.length === 0) return `${title}: no epoch has ended yet.`;
  const span = epochs.length === 1 ? `epoch ${epochs[0]!}` : `epochs ${epochs[0]!} to ${epochs.at(-1)!}`;
  const lines = series.map(({ label, values }) => {
    const first = format(values[0]!);
    return values.length === 1 ? `${label} ${first}` : `${label} from ${first} to ${format(values.at(-1)!)}`;
  });
  return `${title}, ${span}: ${lines.join('; ')}.`;
}
