import { axisRange, logAxisRange, valuesInView, type Line, type Scale } from './chartModel';
import type { EpochRange } from './epochRange';
import type { Measure } from './measures';
import { epochTicks, linearTicks, logTicks } from './ticks';

/** Where things are in a chart, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The rectangle of the lines. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly pixelsPerEpoch: number;
  readonly epochTicks: readonly number[];
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  x(epoch: number): number;
  y(value: number): number;
  /** The place of an x on the axis: 2.5 is half way from the second to the third epoch. */
  epochAt(x: number): number;
}

/** For a word above the lines, and where a run has several networks for their names too. */
const aboveOne = 16;
const aboveNetworks = 32;
const right = 12;
/** For epochs and the word below them. */
const bottom = 38;
/** Pixels from one number to the next beside the axes. */
const acrossEach = 44;
const upEach = 24;
/** Of a digit of the axes' font. */
const digitWidth = 6.4;

/** Lays a chart out on `width` pixels, with room for the names of networks where asked. */
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
  // Half a step before the first and after the last epoch.
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
