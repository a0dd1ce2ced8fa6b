import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ChartRun } from '../charts/chartRun';
import { runStyle } from '../charts/measures';
import { Swatch } from '../charts/swatch';
import { comparedRows, validationCaution } from './comparedRows';

interface ComparedTableProps {
  /** The panel's own run first. */
  readonly runs: readonly ChartRun[];
  readonly onlyDiffering: boolean;
  readonly onOnlyDiffering: (only: boolean) => void;
}

/** Settings and results of runs side by side. */
export function ComparedTable({ runs, onlyDiffering, onOnlyDiffering }: ComparedTableProps): JSX.Element {
  const groups = useMemo(() => comparedRows(runs), [runs]);
  const caution = validationCaution(runs);
  return (
    <section aria-labelledby="compared" data-testid="compared-table">
      <h2 id="compared">Runs side by side</h2>
      <div class="chart-controls">
        <label class="control">
          <input
            type="checkbox"
            checked={onlyDiffering}
            data-testid="only-differing"
            onChange={event => onOnlyDiffering(event.currentTarget.checked)}
          />
          Only what differs
        </label>
        <span class="muted">≠ marks what differs.</span>
      </div>
      {caution !== undefined && (
        <p class="notice" data-testid="validation-caution">
          {caution}
        </p>
      )}
      <div class="scroll-x compared" role="region" aria-label="Settings and results" tabIndex={0}>
        <table class="numbers">
          <thead>
            <tr>
              <td />
              {runs.map(({ id, name, slot }) => (
                <th key={id} scope="col">
                  <Swatch {...runStyle(slot)} dashed={false} /> {name}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ title, rows }) => {
            const shown = onlyDiffering ? rows.filter(({ differs }) => differs) : rows;
            return (
              <tbody key={title}>
                <tr class="compared-group">
                  <th scope="rowgroup" colSpan={runs.length + 1}>
                    {title}
                  </th>
                </tr>
                {shown.length === 0 && (
                  <tr>
                    <td colSpan={runs.length + 1} class="muted">
                      The same for all.
                    </td>
                  </tr>
                )}
                {shown.map(({ label, values, differs }) => (
                  <tr key={label} class={differs ? 'differs' : ''}>
                    <th scope="row">
                      <span class="differs-mark" aria-hidden="true">
                        {differs ? '≠' : ''}
                      </span>
                      {label}
                      {differs && <span class="hidden-text">, differs</span>}
                    </th>
                    {values.map((value, i) => (
                      <td key={runs[i]!.id}>{value}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </section>
  );
}
