import { axisRange, logAxisRange, valuesInView, type Line, type Scale } from './chartModel';
import type { EpochRange } from './epochRange';
import type { Measure } from './measures';
import { epochTicks, linearTicks, logTicks } from './ticks';

/** The layout of a chart, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The plot area. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly pixelsPerEpoch: number;
  readonly epochTicks: readonly number[];
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  x(epoch: number): number;
  y(value: number): number;
  /** Maps an x to the epoch axis: 2.5 is halfway between epochs 2 and 3. */
  epochAt(x: number): number;
}

/** Space above the plot for a word, and for the names of networks. */
const aboveOne = 16;
const aboveNetworks = 32;
const right = 12;
/** Space below the plot for the epochs and the axis title. */
const bottom = 38;
/** Pixels between tick labels. */
const acrossEach = 44;
const upEach = 24;
/** Width of a digit in the axes' font. */
const digitWidth = 6.4;

/** Lays out a chart in `width` pixels, with space for the names of networks if asked. */
export function chartFrame(
  lines: readonly Line[],
  measure: Measure,
  range: EpochRange,
  scale: Scale,
  width: number,
  hasNetworks: boolean,
): Frame {
  const top = hasNetworks ? aboveNetworks : aboveOne;
  const { height, floor, ceiling, labels } = measure;
  const values = valuesInView(lines, range);
  const [low, high] = scale === 'log' ? logAxisRange(values) : axisRange(values, floor, ceiling);
  const plotHeight = height - top - bottom;
  const most = Math.max(Math.floor(plotHeight / Math.min(upEach, plotHeight / 3)), 2);
  const numbers = scale === 'log' ? logTicks(low, high, most) : linearTicks(low, high, most);
  const texts = labels(numbers);
  const left = Math.ceil(Math.max(...texts.map(text => text.length), 4) * digitWidth) + 10;
  const plotWidth = Math.max(width - left - right, 1);
  // Includes half a step before the first epoch and after the last.
  const pixelsPerEpoch = plotWidth / (range.last - range.first + 1);
  const place = scale === 'log' ? Math.log : (value: number): number => value;
  const perUnit = plotHeight / (place(high) - place(low));
  return {
    width,
    height,
    left,
    top,
    right: left + plotWidth,
    bottom: top + plotHeight,
    pixelsPerEpoch,
    epochTicks: epochTicks(range, Math.floor(plotWidth / acrossEach)),
    ticks: numbers.map((value, i) => ({ value, label: texts[i]! })),
    x: epoch => left + (epoch - range.first + 0.5) * pixelsPerEpoch,
    y: value => top + (place(high) - place(value)) * perUnit,
    epochAt: x => range.first - 0.5 + (x - left) / pixelsPerEpoch,
  };
}
