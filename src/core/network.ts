/** One layer of a network, as data. */
export type LayerSpec =
  /** A convolution of stride 1; "relu" has a bias and ReLU, "none" neither, for batch normalisation to follow. */
  | {
      readonly type: 'conv';
      readonly filters: number;
      readonly size: number;
      readonly padding: 'same' | 'valid';
      readonly activation: 'relu' | 'none';
    }
  | { readonly type: 'maxPool' }
  | { readonly type: 'batchNorm' }
  | { readonly type: 'relu' }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'flatten' }
  | { readonly type: 'dense'; readonly units: number; readonly activation: 'relu' | 'none' };

/** Convolution, pool where asked, batch normalisation, ReLU. */
export function block(filters: number, padding: 'same' | 'valid', pool: 'pool' | 'no pool', size = 3): LayerSpec[] {
  return [
    { type: 'conv', filters, size, padding, activation: 'none' },
    ...(pool === 'pool' ? [{ type: 'maxPool' } as const] : []),
    { type: 'batchNorm' },
    { type: 'relu' },
  ];
}

/** The smallest side that a pool may halve. */
const leastSide = 4;

/** The network for images of this side: where they are too small, convolutions are padded and pools left out. */
export function fitNetwork(network: readonly LayerSpec[], side: number): LayerSpec[] {
  let size = side;
  return network.flatMap((spec): LayerSpec[] => {
    if (spec.type === 'maxPool') {
      if (size < leastSide) return [];
      size = Math.floor(size / 2);
    }
    if (spec.type === 'conv' && spec.padding === 'valid') {
      if (size < spec.size) return [{ ...spec, padding: 'same' }];
      size -= spec.size - 1;
    }
    return [spec];
  });
}

/** A layer as it is built: those of the preset, and one before and one behind them. */
export type ChainLayer =
  | LayerSpec
  | { readonly type: 'crop'; readonly pixels: number }
  | { readonly type: 'output'; readonly classes: number };

/** All layers of a network that takes side x side x 1, cuts `crop` pixels off each side and gives a probability a class. */
export function chain(network: readonly LayerSpec[], side: number, crop: number, classes: number): ChainLayer[] {
  return [
    ...(crop > 0 ? [{ type: 'crop', pixels: crop } as const] : []),
    ...fitNetwork(network, side - 2 * crop),
    { type: 'output', classes },
  ];
}
