import type { JSX } from 'preact';
import { valueAt, type Line } from './chartModel';
import { epochWords, type ChartRun } from './chartRun';
import { Swatch } from './swatch';

interface ChartLegendProps {
  readonly runs: readonly ChartRun[];
  readonly lines: readonly Line[];
  /** The selected epoch; undefined for the last one of each line. */
  readonly epoch: number | undefined;
  readonly format: (value: number) => string;
}

/** The names of the lines, and their values at an epoch. */
export function ChartLegend({ runs, lines, epoch, format }: ChartLegendProps): JSX.Element {
  if (runs.length === 1) {
    return (
      <div class="legend numbers">
        <span class="muted">{epochWords(epoch ?? lines[0]!.epochs.at(-1)!, runs[0]!.run)}</span>
        {lines.map(line => (
          <Value key={line.key} line={line} label={line.label} epoch={epoch} format={format} />
        ))}
      </div>
    );
  }
  const labels = [...new Set(lines.map(({ label }) => label))];
  return (
    <table class="legend-runs numbers">
      <thead>
        <tr>
          <th scope="col">{epoch === undefined ? 'last epochs' : `epoch ${epoch}`}</th>
          {labels.map(label => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run, index) => (
          <tr key={run.id}>
            <th scope="row" class="legend-name" title={run.name}>
              {run.name}
            </th>
            {labels.map(label => {
              const line = lines.find(each => each.run === index && each.label === label);
              return <td key={label}>{line ? <Value line={line} epoch={epoch} format={format} /> : '–'}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ValueProps {
  readonly line: Line;
  readonly epoch: number | undefined;
  readonly label?: string;
  readonly format: (value: number) => string;
}

/** A line's swatch, and its value at an epoch. */
function Value({ line, epoch = line.epochs.at(-1)!, label = '', format }: ValueProps): JSX.Element {
  const value = valueAt(line, epoch);
  // With several runs there is no space for a second number.
  const smoothed = label === '' || line.drawn === line.values ? undefined : valueAt(line, epoch, 'drawn');
  return (
    <span class="legend-entry">
      <Swatch color={line.color} marker={line.marker} dashed={line.dashed} />
      {label} <strong>{value === undefined ? '–' : format(value)}</strong>
      {smoothed !== undefined && <span class="muted"> smoothed {format(smoothed)}</span>}
    </span>
  );
}
