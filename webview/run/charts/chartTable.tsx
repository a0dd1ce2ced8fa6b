import type { JSX } from 'preact';
import { epochsOf, valueAt, type Line } from './chartModel';

interface ChartTableProps {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The name of a line, with its run if there are several. */
  readonly nameOf: (line: Line) => string;
  readonly format: (value: number) => string;
  /** The remark about an epoch; undefined if no epoch has one. */
  readonly remark: ((epoch: number) => string) | undefined;
}

/** The measured values of a chart, as a table. */
export function ChartTable({ title, lines, nameOf, format, remark }: ChartTableProps): JSX.Element {
  return (
    <details class="figure-table">
      <summary>{title} as a table</summary>
      <div class="scroll-x" role="region" aria-label={`${title} as a table`} tabIndex={0}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">Epoch</th>
              {lines.map(line => (
                <th key={line.key} scope="col">
                  {nameOf(line)}
                </th>
              ))}
              {remark && (
                <th scope="col">
                  <span class="hidden-text">Remark</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {epochsOf(lines).map(epoch => (
              <tr key={epoch}>
                <th scope="row">{epoch}</th>
                {lines.map(line => {
                  const value = valueAt(line, epoch);
                  return <td key={line.key}>{value === undefined ? '–' : format(value)}</td>;
                })}
                {remark && <td class="remark">{remark(epoch)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
