import type { JSX } from 'preact';
import type { ChartRun } from '../charts/chartRun';
import { runStyle } from '../charts/measures';
import { Swatch } from '../charts/swatch';

interface RunsLegendProps {
  /** The panel's own run first. */
  readonly runs: readonly ChartRun[];
  readonly onRemove: (id: string) => void;
}

/** The names of the compared runs; a click removes one. */
export function RunsLegend({ runs, onRemove }: RunsLegendProps): JSX.Element {
  return (
    <ul class="runs-legend" aria-label="Compared runs" data-testid="compared-runs">
      {runs.map(({ id, name, slot }, index) => (
        <li key={id}>
          {index === 0 ? (
            <span class="run-entry">
              <Swatch {...runStyle(slot)} dashed={false} />
              <span class="run-name">{name}</span>
              <span class="muted">this run</span>
            </span>
          ) : (
            <button
              type="button"
              class="run-entry"
              title={`Take ${name} out of the comparison`}
              aria-label={`Take ${name} out of the comparison`}
              onClick={() => onRemove(id)}
            >
              <Swatch {...runStyle(slot)} dashed={false} />
              <span class="run-name">{name}</span>
              <span aria-hidden="true">×</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
