import type { JSX } from 'preact';
import type { Frame } from './chartFrame';

/** The axes of a chart, with tick labels and grid lines. */
export function ChartAxes({
  frame: { left, top, right, bottom, x, y, epochTicks, ticks },
}: {
  readonly frame: Frame;
}): JSX.Element {
  return (
    <>
      {ticks.map(({ value, label }) => (
        <g key={label}>
          <path class="grid-across" d={`M${left} ${crisp(y(value))}H${right}`} />
          <text class="axis-text" x={left - 8} y={y(value)} dy="0.35em" text-anchor="end">
            {label}
          </text>
        </g>
      ))}
      {epochTicks.map(epoch => (
        <g key={epoch}>
          <path class="grid-up" d={`M${crisp(x(epoch))} ${top}V${bottom}`} />
          <path class="axis" d={`M${crisp(x(epoch))} ${bottom}v4`} />
          <text class="axis-text" x={x(epoch)} y={bottom + 16} text-anchor="middle">
            {epoch}
          </text>
        </g>
      ))}
      <path class="axis" d={`M${crisp(left)} ${top}V${crisp(bottom)}H${right}`} />
      <text class="axis-text" x={(left + right) / 2} y={bottom + 32} text-anchor="middle">
        epoch
      </text>
    </>
  );
}

/** Centres a 1-pixel line on a pixel, so that it is crisp. */
export function crisp(value: number): number {
  return Math.floor(value) + 0.5;
}
