import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { describeChart } from './chartModel';
import { LineChart, type LineChartProps } from './lineChart';

/** Values are told in `format`, those of the axis in `formatAxis` where that is shorter. */
interface ChartFigureProps extends Omit<LineChartProps, 'description' | 'onHover'> {
  readonly title: string;
  readonly formatAxis?: (value: number) => string;
  readonly testId: string;
}

/** A chart with its legend, which tells the values under the pointer, and the same numbers as a table. */
export function ChartFigure(props: ChartFigureProps): JSX.Element {
  const { title, epochs, series, format, best } = props;
  const [hovered, setHovered] = useState<number>();
  const shown = hovered !== undefined && hovered < epochs.length ? hovered : epochs.length - 1;
  return (
    <figure class="figure" data-testid={props.testId}>
      <figcaption class="figure-caption">
        <h3>{title}</h3>
        {shown >= 0 && (
          <div class="legend numbers">
            <span class="muted">epoch {epochs[shown]}</span>
            {series.map(({ label, color, dashed, values }) => (
              <span key={label} class="legend-entry">
                <svg class="legend-line" viewBox="0 0 26 10" aria-hidden="true" style={{ color: `var(--vscode-${color})` }}>
                  <line x1="0" y1="5" x2="26" y2="5" stroke="currentColor" stroke-width="2" stroke-dasharray={dashed ? '6 4' : 'none'} />
                  <circle cx="13" cy="5" r="3" stroke="currentColor" stroke-width="1.5" fill={dashed ? 'var(--vscode-editor-background)' : 'currentColor'} />
                </svg>
                {label} <strong>{format(values[shown]!)}</strong>
              </span>
            ))}
          </div>
        )}
      </figcaption>
      <LineChart
        epochs={epochs}
        planned={props.planned}
        series={series}
        best={best}
        height={props.height}
        floor={props.floor}
        ceiling={props.ceiling}
        stepped={props.stepped ?? false}
        format={props.formatAxis ?? format}
        description={describeChart(title, epochs, series, format)}
        onHover={setHovered}
      />
      <details class="figure-table">
        <summary>{title} as a table</summary>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">Epoch</th>
              {series.map(({ label }) => (
                <th key={label} scope="col">{label}</th>
              ))}
              <th scope="col"><span class="hidden-text">Remark</span></th>
            </tr>
          </thead>
          <tbody>
            {epochs.map((epoch, i) => (
              <tr key={epoch}>
                <th scope="row">{epoch}</th>
                {series.map(({ label, values }) => (
                  <td key={label}>{format(values[i]!)}</td>
                ))}
                <td class="remark">{epoch === best ? 'best' : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
