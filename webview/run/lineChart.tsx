import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import uPlot from 'uplot';
import { color, font, useTheme } from '../shared/theme';
import { axisRange, epochRange, type Series } from './chartModel';

/** Above so many epochs points would run into each other. */
const MOST_POINTS = 40;

export interface LineChartProps {
  readonly epochs: readonly number[];
  /** How many epochs are planned. */
  readonly planned: number;
  readonly series: readonly Series[];
  readonly best: number | undefined;
  readonly height: number;
  /** Between which values the y axis stays. */
  readonly floor: number;
  readonly ceiling: number;
  readonly stepped?: boolean;
  readonly format: (value: number) => string;
  /** The chart in words. */
  readonly description: string;
  /** The epoch under the pointer, as an index; undefined for none. */
  readonly onHover: (index: number | undefined) => void;
}

/** Lines over epochs. Drawn on a canvas, so that colours and fonts are looked up, and drawn anew with each theme. */
export function LineChart(props: LineChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  // Only what changes the drawing makes a new one.
  const drawing = JSON.stringify([theme, props.epochs, props.planned, props.series, props.best, props.height]);
  useLayoutEffect(() => {
    const element = box.current!;
    const chart = new uPlot(chartOptions(props, element.clientWidth), [[...props.epochs], ...props.series.map(({ values }) => [...values])], element);
    chart.ctx.canvas.setAttribute('role', 'img');
    chart.ctx.canvas.setAttribute('aria-label', props.description);
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) chart.setSize({ width: element.clientWidth, height: props.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [drawing]);
  return <div ref={box} class="chart" style={{ height: `${props.height}px` }} />;
}

function chartOptions(props: LineChartProps, width: number): uPlot.Options {
  const { epochs, series, format } = props;
  const foreground = color('descriptionForeground');
  const lines = color('editorWidget-border', 'descriptionForeground');
  const axis: uPlot.Axis = {
    stroke: foreground,
    font: font(11),
    grid: { stroke: `color-mix(in srgb, ${foreground} 18%, transparent)`, width: 1 },
    ticks: { stroke: lines, width: 1, size: 4 },
    border: { show: true, stroke: lines, width: 1 },
  };
  return {
    width,
    height: props.height,
    padding: [14, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 9 } },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, range: () => epochRange(props.planned, epochs.at(-1) ?? 0) },
      y: { range: () => axisRange(series.flatMap(({ values }) => values), props.floor, props.ceiling) },
    },
    axes: [
      // Epochs are whole.
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], space: 36, size: 28, label: 'epoch', labelFont: font(11), labelSize: 18, labelGap: -2, values: (_chart, splits) => splits.map(value => (Number.isInteger(value) && value >= 1 ? String(value) : '')) },
      { ...axis, size: 62, space: props.height < 160 ? 18 : 30, values: (_chart, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...series.map(({ label, color: name, dashed }) => ({
        label,
        stroke: color(name),
        width: 2,
        ...(dashed && { dash: [6, 4] }),
        ...(props.stepped && { paths: uPlot.paths.stepped!({ align: 1 }) }),
        points: { show: epochs.length <= MOST_POINTS, size: 6, fill: dashed ? color('editor-background') : color(name), stroke: color(name), width: 1.5 },
      })),
    ],
    hooks: {
      setCursor: [chart => props.onHover(chart.cursor.idx ?? undefined)],
      drawAxes: [chart => markBest(chart, props.best, foreground)],
    },
  };
}

/** A line through the best epoch, with the word beside it. */
function markBest(chart: uPlot, best: number | undefined, stroke: string): void {
  if (best === undefined) return;
  const { ctx, bbox } = chart;
  const x = Math.round(chart.valToPos(best, 'x', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.fillStyle = stroke;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([2 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = font(11 * uPlot.pxRatio);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillText('best', x, bbox.top - 2 * uPlot.pxRatio);
  ctx.restore();
}
