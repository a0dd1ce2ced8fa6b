import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { keptEpochs } from '../../../src/core/run/keptEpoch';
import { ChartLegend } from './chartLegend';
import { describeChart, epochsOf, hasNoLogarithm, type Line } from './chartModel';
import { keptWord, networkStarts, type ChartRun } from './chartRun';
import { ChartTable } from './chartTable';
import { LineChart, type LineChartProps } from './lineChart';
import { makeLines, type LineOptions, type Measure } from './measures';

interface ChartFigureProps
  extends LineOptions, Pick<LineChartProps, 'full' | 'range' | 'marked' | 'hint' | 'onMark' | 'onZoom'> {
  readonly measure: Measure;
  readonly runs: readonly ChartRun[];
  readonly log: boolean;
  readonly onKey: (key: string, lines: readonly Line[]) => boolean;
}

/** A chart with its legend, which tells the values of the marked epoch, and the same numbers as a table. */
export function ChartFigure({
  measure,
  runs,
  smoothing,
  training,
  log,
  marked,
  onKey,
  ...chart
}: ChartFigureProps): JSX.Element {
  const { title, format } = measure;
  const lines = useMemo(() => makeLines(runs, measure, { smoothing, training }), [runs, measure, smoothing, training]);
  const alone = runs.length === 1;
  const [own] = runs as [ChartRun];
  // Of a rate, which is set, there is none to keep.
  const kept = useMemo(() => (measure.isSet ? [] : keptEpochs(own.history, own.run)), [own, measure]);
  const starts = networkStarts(own.run);
  const scale = log && measure.mayBeLog ? 'log' : 'linear';
  const shown = marked !== undefined && epochsOf(lines).includes(marked) ? marked : undefined;
  const nameOf = (line: Line): string => (alone ? line.label : `${runs[line.run]!.name}, ${line.label}`);
  const word = keptWord(own.run);
  const remark = (epoch: number): string =>
    [
      ...(starts.includes(epoch) ? [`network ${starts.indexOf(epoch) + 2}`] : []),
      ...(kept.includes(epoch) ? [word] : []),
    ].join(', ');
  return (
    <figure class="figure" data-testid={measure.testId}>
      <figcaption class="figure-caption">
        <h3>{title}</h3>
        {lines.length > 0 && <ChartLegend runs={runs} lines={lines} epoch={shown} format={format} />}
      </figcaption>
      <LineChart
        {...chart}
        measure={measure}
        lines={lines}
        alone={alone}
        scale={scale}
        kept={kept}
        keptWord={word}
        networkStarts={starts}
        marked={marked}
        description={describeChart(
          title,
          lines.map(line => ({ ...line, name: nameOf(line) })),
          format,
        )}
        onKey={key => onKey(key, lines)}
      />
      <div>
        {scale === 'log' && hasNoLogarithm(lines) && (
          <p class="muted">A logarithmic scale has no place for 0; such values are left out.</p>
        )}
        <ChartTable
          title={title}
          lines={lines}
          nameOf={nameOf}
          format={format}
          remark={alone && (kept.length > 0 || starts.length > 0) ? remark : undefined}
        />
      </div>
    </figure>
  );
}
