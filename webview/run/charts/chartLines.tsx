import type { JSX } from 'preact';
import type { Frame } from './chartFrame';
import { hasMarker, pieces, valueAt, type Line, type Scale } from './chartModel';
import type { EpochRange } from './epochRange';
import { linePath, markerPath, stepPath } from './shapes';

interface ChartLinesProps {
  readonly lines: readonly Line[];
  readonly frame: Frame;
  readonly range: EpochRange;
  readonly scale: Scale;
  readonly stepped: boolean;
  /** There is only one run, whose kept epoch has its own vertical line. */
  readonly alone: boolean;
  /** The selected epoch. */
  readonly marked: number | undefined;
}

const small = 3;
const large = 4.5;
const ring = 7;

/** The lines of a chart with their markers. */
export function ChartLines({ lines, frame, range, scale, stepped, alone, marked }: ChartLinesProps): JSX.Element {
  const path = stepped ? stepPath : linePath;
  const { left, top, right, bottom, x, y } = frame;
  const isInView = (epoch: number): boolean => epoch >= range.first && epoch <= range.last;
  return (
    <>
      {/* Clips the lines to the plot area. */}
      <svg
        x={left}
        y={top}
        width={right - left}
        height={bottom - top}
        viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      >
        {lines.map(line => (
          <g key={line.key} style={{ color: `var(--vscode-${line.color})` }}>
            {line.drawn !== line.values &&
              pieces(line, line.values, scale).map(points => (
                <path key={points[0]!.epoch} d={path(points, x, y)} class="line line-behind" />
              ))}
            {pieces(line, line.drawn, scale).map(points => (
              <path key={points[0]!.epoch} d={path(points, x, y)} class={line.dashed ? 'line line-dashed' : 'line'} />
            ))}
          </g>
        ))}
      </svg>
      {lines.map(line => {
        const drawn = pieces(line, line.drawn, scale);
        const shows = hasMarker(frame.pixelsPerEpoch, alone, line.run);
        // With several runs, markers distinguish the lines; with one, they show the measured values.
        const hasPoints = !alone || (!stepped && line.drawn === line.values);
        const dots = drawn.flatMap(points =>
          points.filter(
            ({ epoch }) => isInView(epoch) && ((points.length === 1 && !stepped) || (hasPoints && shows(epoch))),
          ),
        );
        const value = marked === undefined || !isInView(marked) ? undefined : valueAt(line, marked, 'drawn');
        const markerClass = line.dashed ? 'marker marker-hollow' : 'marker';
        return (
          <g key={line.key} style={{ color: `var(--vscode-${line.color})` }}>
            {dots.map(({ epoch, value: at }) => (
              <path key={epoch} d={markerPath(line.marker, x(epoch), y(at), small)} class={markerClass} />
            ))}
            {!alone &&
              !stepped &&
              line.kept.filter(isInView).map(epoch => {
                const at = drawn.flat().find(point => point.epoch === epoch);
                return at && <path key={epoch} d={markerPath('circle', x(epoch), y(at.value), ring)} class="ring" />;
              })}
            {marked !== undefined &&
              value !== undefined &&
              Number.isFinite(value) &&
              (scale === 'linear' || value > 0) && (
                <path d={markerPath(line.marker, x(marked), y(value), large)} class={markerClass} />
              )}
          </g>
        );
      })}
    </>
  );
}
