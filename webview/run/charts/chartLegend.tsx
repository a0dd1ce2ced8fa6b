import type { JSX } from 'preact';
import { valueAt, type Line } from './chartModel';
import { epochWords, type ChartRun } from './chartRun';
import { Swatch } from './swatch';

interface ChartLegendProps {
  readonly runs: readonly ChartRun[];
  readonly lines: readonly Line[];
  /** The epoch whose values are told; undefined: the last one of each line. */
  readonly epoch: number | undefined;
  readonly format: (value: number) => string;
}

/** What the lines of a chart are, and their values at an epoch. */
export function ChartLegend({ runs, lines, epoch, format }: ChartLegendProps): JSX.Element {
  if (runs.length === 1) {
    return (
      <div class="legend numbers">
        <span class="muted">{epochWords(epoch ?? lines[0]!.epochs.at(-1)!, runs[0]!.run)}</span>
        {lines.map(line => <Entry key={line.key} line={line} epoch={epoch} format={format} />)}
      </div>
    );
  }
  return (
    <div class="legend-runs numbers">
      <span class="muted">{epoch === undefined ? 'the last epoch of each' : `epoch ${epoch}`}</span>
      {runs.map((run, index) => {
        const own = lines.filter(line => line.run === index);
        return (
          <div key={run.id} class="legend-run">
            <span class="legend-name" title={run.name}>{run.name}</span>
            {own.length === 0 ? <span class="muted">no epoch yet</span> : own.map(line => <Entry key={line.key} line={line} epoch={epoch} format={format} />)}
          </div>
        );
      })}
    </div>
  );
}

function Entry({ line, epoch = line.epochs.at(-1)!, format }: { readonly line: Line; readonly epoch: number | undefined; readonly format: (value: number) => string }): JSX.Element {
  const value = valueAt(line, epoch);
  const drawn = valueAt(line, epoch, 'drawn');
  return (
    <span class="legend-entry">
      <Swatch color={line.color} marker={line.marker} dashed={line.dashed} />
      {line.label} <strong>{value === undefined ? '–' : format(value)}</strong>
      {line.drawn !== line.values && drawn !== undefined && <span class="muted"> smoothed {format(drawn)}</span>}
    </span>
  );
}
