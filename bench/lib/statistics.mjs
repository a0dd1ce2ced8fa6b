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
