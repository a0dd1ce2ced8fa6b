// Figures of a few repeated measurements.

export const sum = values => values.reduce((total, value) => total + value, 0);
export const mean = values => sum(values) / values.length;

/** The value that this share of the values lies below, straight between neighbours (numpy's default). Throws on none. */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('No values');
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export const median = values => quantile(values, 0.5);

/** What a table says of repeated measurements. Throws on none. */
export function summary(values) {
  return {
    median: median(values),
    mean: mean(values),
    min: Math.min(...values),
    max: Math.max(...values),
    count: values.length,
  };
}

/** ours / peer of the rounds that both have, one ratio a round: what slows the machine for a while hits both. */
export function ratios(ours, peer) {
  return ours.slice(0, peer.length).map((value, i) => value / peer[i]);
}

/** What an epoch takes where nothing comes between: the minimum of up to three, the lower quartile of more. */
export function usualEpoch(seconds) {
  return seconds.length < 4 ? Math.min(...seconds) : quantile(seconds, 0.25);
}

/** Quantiles of 97.5 % of Student's t by its degrees of freedom, from 1. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** The mean of up to ten values with its 95 % interval by Student's t. One value has no interval: it is all there is. */
export function interval(values) {
  const middle = mean(values);
  if (values.length === 1) return { middle, low: middle, high: middle };
  const variance = sum(values.map(value => (value - middle) ** 2)) / (values.length - 1);
  const half = T[values.length - 2] * Math.sqrt(variance / values.length);
  return { middle, low: middle - half, high: middle + half };
}

/**
 * Compares two recipes on the same images. Each pair is of one test set: the wrong images of the one recipe's runs, and of
 * the other's. An image counts by the share of runs that err on it; with a run each this is McNemar's test.
 *
 * @param {[number[][], number[][]][]} pairs indices of wrong images, a list a run
 * @returns the difference in mistakes of a test set (below 0: the first makes fewer), its standard error, and p, two-sided
 */
export function pairedTest(pairs) {
  let total = 0;
  let squares = 0;
  for (const [ours, theirs] of pairs) {
    const differences = new Map();
    const add = (runs, sign) => {
      for (const run of runs)
        for (const image of run) differences.set(image, (differences.get(image) ?? 0) + sign / runs.length);
    };
    add(ours, 1);
    add(theirs, -1);
    for (const difference of differences.values()) {
      total += difference;
      squares += difference ** 2;
    }
  }
  const error = Math.sqrt(squares);
  const p = error === 0 ? 1 : erfc(Math.abs(total) / error / Math.SQRT2);
  return { difference: total / pairs.length, error: error / pairs.length, p };
}

/** The complementary error function for x >= 0, to 1.2e-7 (Press et al., Numerical Recipes, erfcc). */
function erfc(x) {
  const t = 1 / (1 + x / 2);
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  return t * Math.exp(-x * x + terms.reduceRight((rest, term) => term + t * rest, 0));
}
