import { useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { ChartAxes, crisp } from './chartAxes';
import { chartFrame } from './chartFrame';
import { ChartLines } from './chartLines';
import { ChartMarks } from './chartMarks';
import { epochsOf, type Line, type Scale } from './chartModel';
import { between, type EpochRange } from './epochRange';
import type { Measure } from './measures';
import { useWidth } from './useWidth';

/** A drag shorter than so many pixels is a click. */
const shortestDrag = 6;

export interface LineChartProps {
  readonly measure: Measure;
  readonly lines: readonly Line[];
  /** There is one run. */
  readonly alone: boolean;
  /** All epochs, and those in view. */
  readonly full: EpochRange;
  readonly range: EpochRange;
  readonly scale: Scale;
  readonly kept: readonly number[];
  readonly keptWord: string;
  readonly networkStarts: readonly number[];
  /** The epoch whose values are told. */
  readonly marked: number | undefined;
  /** The chart in words, and the id of the words about its keys. */
  readonly description: string;
  readonly hint: string;
  readonly onMark: (epoch: number | undefined) => void;
  readonly onZoom: (range: EpochRange) => void;
  /** Returns whether the key means anything here. */
  readonly onKey: (key: string) => boolean;
}

/** Lines over epochs. The pointer marks the nearest epoch and zooms in by dragging; keys do both, too. */
export function LineChart(props: LineChartProps): JSX.Element {
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
  /** Where a drag began and where it is, in pixels. */
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
