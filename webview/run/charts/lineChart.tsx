import { useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { keptEpochs } from '../../../src/core/run/keptEpoch';
import { ChartAxes, crisp } from './chartAxes';
import { chartFrame } from './chartFrame';
import { ChartLegend } from './chartLegend';
import { ChartLines } from './chartLines';
import { ChartMarks } from './chartMarks';
import { describeChart, epochsOf, hasNoLogarithm, type Line, type Scale } from './chartModel';
import { keptWord, networkStarts, type ChartRun } from './chartRun';
import { ChartTable } from './chartTable';
import { between, type EpochRange } from './epochRange';
import { makeLines, type LineOptions, type Measure } from './measures';
import { useWidth } from './useWidth';

/** A drag shorter than this many pixels is a click. */
const shortestDrag = 6;

interface ChartFigureProps
  extends LineOptions, Pick<LineChartProps, 'full' | 'range' | 'marked' | 'hint' | 'onMark' | 'onZoom'> {
  readonly measure: Measure;
  readonly runs: readonly ChartRun[];
  readonly log: boolean;
  readonly onKey: (key: string, lines: readonly Line[]) => boolean;
}

/** A chart by epoch, its legend with the values of the selected epoch, and a table of all values. */
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
  // The learning rate is a setting, so its chart marks no kept epoch.
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

interface LineChartProps {
  readonly measure: Measure;
  readonly lines: readonly Line[];
  /** There is only one run. */
  readonly alone: boolean;
  /** All epochs, and those in view. */
  readonly full: EpochRange;
  readonly range: EpochRange;
  readonly scale: Scale;
  readonly kept: readonly number[];
  readonly keptWord: string;
  readonly networkStarts: readonly number[];
  /** The selected epoch. */
  readonly marked: number | undefined;
  /** A description of the chart, and the id of the element that explains its keys. */
  readonly description: string;
  readonly hint: string;
  readonly onMark: (epoch: number | undefined) => void;
  readonly onZoom: (range: EpochRange) => void;
  /** Returns whether the key was handled. */
  readonly onKey: (key: string) => boolean;
}

/** Lines by epoch. The pointer selects the nearest epoch and zooms by dragging; keys do both. */
function LineChart(props: LineChartProps): JSX.Element {
  const { measure, lines, alone, full, range, scale, marked, onMark, onZoom } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const hasNetworks = alone && props.networkStarts.length > 0;
  const frame = useMemo(
    () => chartFrame(lines, measure, range, scale, width, hasNetworks),
    [lines, measure, range.first, range.last, scale, width, hasNetworks],
  );
  const epochs = useMemo(
    () => epochsOf(lines).filter(epoch => epoch >= range.first && epoch <= range.last),
    [lines, range.first, range.last],
  );
  /** Start and current position of a drag, in pixels. */
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  const isDrag = drag !== undefined && Math.abs(drag.to - drag.from) >= shortestDrag;

  const xOf = (event: PointerEvent): number => {
    const x = event.clientX - box.current!.getBoundingClientRect().left;
    return Math.min(Math.max(x, frame.left), frame.right);
  };
  const mark = (x: number): void => {
    const place = frame.epochAt(x);
    onMark(
      epochs.reduce<number | undefined>(
        (nearest, epoch) =>
          nearest === undefined || Math.abs(epoch - place) < Math.abs(nearest - place) ? epoch : nearest,
        undefined,
      ),
    );
  };

  return (
    <div
      ref={box}
      class="chart"
      style={{ height: `${measure.height}px` }}
      tabIndex={0}
      role="application"
      aria-roledescription="chart"
      aria-label={props.description}
      aria-describedby={props.hint}
      onPointerDown={event => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const x = xOf(event);
        setDrag({ from: x, to: x });
      }}
      onPointerMove={event => {
        const x = xOf(event);
        mark(x);
        if (drag) setDrag({ ...drag, to: x });
      }}
      onPointerUp={() => {
        if (drag && isDrag) onZoom(between(frame.epochAt(drag.from), frame.epochAt(drag.to), full));
        setDrag(undefined);
      }}
      onPointerCancel={() => setDrag(undefined)}
      onPointerLeave={() => {
        if (!drag) onMark(undefined);
      }}
      onBlur={() => onMark(undefined)}
      onKeyDown={event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === 'Escape' && drag) setDrag(undefined);
        else if (!props.onKey(event.key)) return;
        event.preventDefault();
      }}
    >
      {width > 0 && (
        <svg width={width} height={measure.height} aria-hidden="true">
          <ChartAxes frame={frame} />
          {alone && (
            <ChartMarks
              frame={frame}
              range={range}
              kept={props.kept}
              keptWord={props.keptWord}
              networkStarts={props.networkStarts}
            />
          )}
          {marked !== undefined && marked >= range.first && marked <= range.last && (
            <path class="crosshair" d={`M${crisp(frame.x(marked))} ${frame.top}V${frame.bottom}`} />
          )}
          <ChartLines
            lines={lines}
            frame={frame}
            range={range}
            scale={scale}
            stepped={measure.isSet}
            alone={alone}
            marked={marked}
          />
          {drag && isDrag && (
            <rect
              class="selection"
              x={Math.min(drag.from, drag.to)}
              y={frame.top}
              width={Math.abs(drag.to - drag.from)}
              height={frame.bottom - frame.top}
            />
          )}
        </svg>
      )}
    </div>
  );
}
