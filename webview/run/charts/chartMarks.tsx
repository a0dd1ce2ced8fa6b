import type { JSX } from 'preact';
import { crisp } from './chartAxes';
import type { Frame } from './chartFrame';
import type { EpochRange } from './epochRange';

interface ChartMarksProps {
  readonly frame: Frame;
  readonly range: EpochRange;
  /** The epochs whose weights are kept, and the word that marks them. */
  readonly kept: readonly number[];
  readonly keptWord: string;
  /** The first epochs of the second and later networks. */
  readonly networkStarts: readonly number[];
}

/** About the width of "network 10", and of "10". */
const wide = 64;
const narrow = 16;
/** About half the width of "kept". */
const half = 14;

/** Marks the kept epochs, and where another network begins. */
export function ChartMarks({ frame, range, kept, keptWord, networkStarts }: ChartMarksProps): JSX.Element {
  const { left, right, top, bottom, x } = frame;
  const inView = kept.filter(epoch => epoch >= range.first && epoch <= range.last);
  const newest = inView.at(-1);
  const starts = [1, ...networkStarts];
  const room = starts.length > 1 ? (starts[1]! - 1) * frame.pixelsPerEpoch : 0;
  return (
    <>
      {networkStarts.length > 0 &&
        starts.map((start, i) => {
          if (start > range.last || (starts[i + 1] ?? Infinity) <= range.first) return null;
          const at = x(start - 0.5);
          return (
            <g key={start}>
              {start > range.first && <path class="network-line" d={`M${crisp(at)} ${top - 14}V${bottom}`} />}
              {room >= narrow && (
                <text class="axis-text" x={Math.max(at, left) + 2} y={top - 5}>
                  {room >= wide ? `network ${i + 1}` : i + 1}
                </text>
              )}
            </g>
          );
        })}
      {inView.map(epoch => (
        <g key={epoch}>
          {/* With many networks, a line for each would hide the curves. */}
          {networkStarts.length === 0 ? (
            <path class="kept-line" d={`M${crisp(x(epoch))} ${top}V${bottom}`} />
          ) : (
            <path class="kept-mark" d={`M${x(epoch) - 4} ${top - 1}h8l-4 6z`} />
          )}
        </g>
      ))}
      {newest !== undefined && (
        <text
          class="axis-text"
          x={Math.min(Math.max(x(newest), left + half), right - half)}
          y={top - (networkStarts.length === 0 ? 5 : 20)}
          text-anchor="middle"
        >
          {keptWord}
        </text>
      )}
    </>
  );
}
