/** The strongest smoothing. */
export const mostSmoothing = 0.95;

/**
 * The exponential moving average of a curve with bias correction, as in TensorBoard (tensorflow/tensorboard,
 * vz_line_chart2). `weight`: from 0, which changes nothing, to below 1. Values that are not finite stay and are
 * ignored.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let mean = 0;
  /** The share of the mean that still stems from its initial zero. */
  let beginning = 1;
  return values.map(value => {
    if (!Number.isFinite(value)) return value;
    mean = mean * weight + (1 - weight) * value;
    beginning *= weight;
    return mean / (1 - beginning);
  });
}

/** Smooths the curve of each network of a run separately. */
export function smoothNetworks(values: readonly number[], epochsPerNetwork: number, weight: number): number[] {
  const smoothed: number[] = [];
  for (let first = 0; first < values.length; first += epochsPerNetwork)
    smoothed.push(...smooth(values.slice(first, first + epochsPerNetwork), weight));
  return smoothed;
}
