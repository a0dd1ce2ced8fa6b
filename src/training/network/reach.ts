type Json = Readonly<Record<string, unknown>>;

/**
 * The greatest that the numbers of each channel can become, whatever the images are. A network whose numbers can pass the
 * greatest of a float is no network: kernels differ in what they make of infinity and NaN, and some give an answer that
 * looks like one.
 */
export type Reach = Float64Array;

/** The reach of the images, whose pixels are between 0 and 1. */
export const imageReach: Reach = Float64Array.of(1);

/** The greatest number of a float. */
const GREATEST = 3.4028234e38;

/** Nothing of a layer can pass the greatest number of a float. */
export function isComputable(reach: Reach): boolean {
  return reach.every(value => value <= GREATEST);
}

/** The reach behind a layer. `weight` gives one of its weights by its name in tfjs; a layer without them changes nothing. */
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

/** Of a convolution or a dense layer. Behind a flattened image the channels come again and again. */
function reachOfSums(kernel: Float32Array, bias: Float32Array | undefined, outputs: number, before: Reach): Reach {
  const reach = Float64Array.from({ length: outputs }, (_, output) => Math.abs(bias?.[output] ?? 0));
  for (let at = 0, input = 0; at < kernel.length; at += outputs, input++) {
    const most = before[input % before.length]!;
    for (let output = 0; output < outputs; output++) reach[output]! += most * Math.abs(kernel[at + output]!);
  }
  return reach;
}
