/** The most that curves can be smoothed. */
export const mostSmoothing = 0.95;

/**
 * The exponential moving average of a curve, corrected for its beginning, where there is little to average: TensorBoard's
 * own (tensorflow/tensorboard, vz_line_chart2). `weight` from 0, which leaves the values as they are, to below 1. What is no
 * number stays so and counts for nothing.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let mean = 0;
  /** The part of the mean that is still its beginning, which is zero. */
  let beginning = 1;
  return values.map(value => {
    if (!Number.isFinite(value)) return value;
    mean = mean * weight + (1 - weight) * value;
    beginning *= weight;
    return mean / (1 - beginning);
  });
}

/** The same for each network of a run by itself: with the next one its curves starts over. */
export function smoothNetworks(values: readonly number[], epochsPerNetwork: number, weight: number): number[] {
  const smoothed: number[] = [];
  for (let first = 0; first < values.length; first += epochsPerNetwork)
    smoothed.push(...smooth(values.slice(first, first + epochsPerNetwork), weight));
  return smoothed;
}
