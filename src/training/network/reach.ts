type Json = Readonly<Record<string, unknown>>;

/**
 * [c]: an upper bound of the absolute activations of each channel, for any image. A network whose activations can
 * overflow a float is useless: kernels differ in how they treat infinity and NaN, and some return a plausible answer.
 */
export type Reach = Float64Array;

/** [1]: the reach of the images, whose pixels are between 0 and 1. */
export const imageReach: Reach = Float64Array.of(1);

/** The largest finite number of single precision. */
const GREATEST = 3.4028234e38;

/** Whether no activation can overflow. */
export function isComputable(reach: Reach): boolean {
  return reach.every(value => value <= GREATEST);
}

/**
 * The reach of a layer's output, from that of its input. `weight` gives a weight by its name in tfjs; a layer without
 * weights keeps the reach.
 */
export function reachBehind(settings: Json, before: Reach, weight: (name: string) => Float32Array | undefined): Reach {
  const kernel = weight('kernel');
  if (kernel) return reachOfSums(kernel, weight('bias'), Number(settings['units'] ?? settings['filters']), before);
  const [mean, variance] = [weight('moving_mean'), weight('moving_variance')];
  if (!mean || !variance) return before;
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const epsilon = Number(settings['epsilon'] ?? 1e-3);
  return Float64Array.from(mean, (middle, channel) => {
    const spread = variance[channel]! + epsilon;
    if (!(spread > 0)) return Infinity;
    const scale = Math.abs(gamma?.[channel] ?? 1) / Math.sqrt(spread);
    return scale * (before[channel % before.length]! + Math.abs(middle)) + Math.abs(beta?.[channel] ?? 0);
  });
}

/** The reach behind a convolution or a dense layer. In a flattened image the channels repeat. */
function reachOfSums(kernel: Float32Array, bias: Float32Array | undefined, outputs: number, before: Reach): Reach {
  const reach = Float64Array.from({ length: outputs }, (_, output) => Math.abs(bias?.[output] ?? 0));
  for (let at = 0, input = 0; at < kernel.length; at += outputs, input++) {
    const most = before[input % before.length]!;
    for (let output = 0; output < outputs; output++) reach[output]! += most * Math.abs(kernel[at + output]!);
  }
  return reach;
}
