import type { EpochRange } from './epochRange';

/** Significant digits of a tick; further digits are rounding errors. */
const digits = 12;

/** Round numbers from `low` to `high`, evenly spaced: about `most`, at most one more. */
export function linearTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low];
  return multiples(roundStep((high - low) / Math.max(most, 1)), low, high);
}

/**
 * Round numbers for a logarithmic axis: 1, 2 and 5 times powers of ten, or only powers, or only some of them. Evenly
 * spaced numbers where the range is too short for that.
 */
export function logTicks(low: number, high: number, most: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const within = (values: readonly number[]): number[] =>
    values.map(value => round(value)).filter(value => value >= low && value <= high);
  const fine = within(powers.flatMap(power => [1, 2, 5].map(digit => digit * 10 ** power)));
  if (fine.length < 2) return linearTicks(low, high, most).filter(value => value > 0);
  if (fine.length <= most) return fine;
  const decades = powers.map(power => 10 ** power);
  for (let every = 1; ; every++) {
    const coarse = within(decades.filter((_, i) => i % every === 0));
    if (coarse.length <= Math.max(most, 1)) return coarse;
  }
}

/** Whole epochs, evenly spaced: about `most`, at most one more. */
export function epochTicks({ first, last }: EpochRange, most: number): number[] {
  return multiples(Math.max(roundStep((last - first) / Math.max(most, 1)), 1), first, last);
}

/** More decimals than this are unreadable. */
const mostDecimals = 6;

/** Formats ticks. Evenly spaced ones have the same number of decimals. */
export function tickLabels(ticks: readonly number[]): string[] {
  const steps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
  const isEven = Math.max(...steps) < Math.min(...steps) * 1.5;
  const texts = ticks.map(tick => String(round(tick)));
  const decimals = Math.max(...texts.map(text => (text.includes('e') ? Infinity : (text.split('.')[1]?.length ?? 0))));
  return isEven && decimals <= mostDecimals ? ticks.map(tick => tick.toFixed(decimals)) : texts;
}

function multiples(step: number, low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high * (1 + Number.EPSILON); i++) ticks.push(round(i * step));
  return ticks;
}

/** Rounds up to 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find(digit => digit * power >= least * (1 - 1e-9)) ?? 10);
}

function round(value: number): number {
  return Number(value.toPrecision(digits));
}
