import type { JSX } from 'preact';
import { count } from '../../src/core/text';
import { axisTicks, describeBars, labelStride, type BarSeries } from './barChartModel';

/** Up to this many labels, the counts fit above their bars. */
const MOST_NUMBERS = 12;

interface BarChartProps {
  readonly labels: readonly number[];
  /** One or two; the second is hatched. */
  readonly series: readonly BarSeries[];
}

/**
 * A bar per label and series. Built from boxes, so that it adapts to any width and to the theme; a table beside it has
 * the numbers.
 */
export function BarChart({ labels, series }: BarChartProps): JSX.Element {
  const ticks = axisTicks(Math.max(0, ...series.flatMap(({ counts }) => counts)));
  const top = ticks.at(-1)!;
  const stride = labelStride(labels.length);
  const numbers = series.length === 1 && labels.length <= MOST_NUMBERS;
  return (
    <figure class="bars-figure">
      {series.length > 1 && (
        <figcaption class="bars-legend">
          {series.map(({ name }, i) => (
            <span key={name}>
              <span class={`bars-key bars-${i}`} aria-hidden="true" /> {name}
            </span>
          ))}
        </figcaption>
      )}
      <div class="bars numbers" role="img" aria-label={describeBars(labels, series)}>
        <div class="bars-ticks muted">
          {ticks.map(tick => (
            <span key={tick}>{count(tick)}</span>
          ))}
        </div>
        <div class="bars-plot">
          <div class="bars-lines">
            {ticks.map(tick => (
              <span key={tick} />
            ))}
          </div>
          <div class="bars-columns">
            {labels.map((label, i) => (
              <div key={label} class="bars-column">
                {series.map(({ name, counts }, which) => (
                  <div
                    key={name}
                    class={`bars-bar bars-${which}`}
                    style={{ height: `${(counts[i]! / top) * 100}%` }}
                    title={`Label ${label}: ${count(counts[i]!)} in ${name}`}
                  >
                    {numbers && <span class="bars-number">{count(counts[i]!)}</span>}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </div>
        <div class="bars-labels">
          {labels.map((label, i) => (
            <span key={label}>{i % stride === 0 ? label : ''}</span>
          ))}
        </div>
      </div>
    </figure>
  );
}
