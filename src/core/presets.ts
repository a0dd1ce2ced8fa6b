import type { Augmentation } from './augment';
import type { PresetName } from './run/runRecord';

/** One layer of a network, as data. */
export type LayerSpec =
  /** A convolution of stride 1; "relu" has a bias and ReLU, "none" neither, for batch normalisation to follow. */
  | { readonly type: 'conv'; readonly filters: number; readonly size: number; readonly padding: 'same' | 'valid'; readonly activation: 'relu' | 'none' }
  | { readonly type: 'maxPool' }
  | { readonly type: 'batchNorm' }
  | { readonly type: 'relu' }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'flatten' }
  | { readonly type: 'dense'; readonly units: number; readonly activation: 'relu' | 'none' };

/** How weights follow their gradients. */
export type OptimizerSpec =
  | { readonly type: 'rmsProp'; readonly decay: number; readonly epsilon: number }
  /** `decay`: this share of a weight, times the rate, is taken off it each step (AdamW, Loshchilov and Hutter 2019). */
  | { readonly type: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly decay: number };

/** The learning rate over a training. */
export type ScheduleSpec =
  /** Constant, and lowered when the validation loss stands still. */
  | { readonly type: 'plateau'; readonly rate: number; readonly factor: number; readonly patience: number; readonly floor: number }
  /** Rises to its peak over the first share of all steps and falls to zero over the others, both in a straight line. */
  | { readonly type: 'oneCycle'; readonly peak: number; readonly warmUp: number };

/** A way to train: data, not code. */
export interface Preset {
  readonly purpose: string;
  /** Small networks are faster on one thread: their kernels are done before the others wake. */
  readonly threads: 'one' | 'all';
  /** Pixels cut off on each side where no image has ink. */
  readonly crop: number;
  /** Without the last layer, which has a unit a class. */
  readonly network: readonly LayerSpec[];
  readonly batchSize: number;
  readonly epochs: number;
  readonly validationShare: number;
  readonly augmentation: Augmentation | undefined;
  readonly optimizer: OptimizerSpec;
  readonly schedule: ScheduleSpec;
  /** This share of the target's probability is spread over all classes. */
  readonly labelSmoothing: number;
}

/** Convolution, pool where asked, batch normalisation, ReLU. */
function block(filters: number, padding: 'same' | 'valid', pool: 'pool' | 'no pool'): LayerSpec[] {
  return [{ type: 'conv', filters, size: 3, padding, activation: 'none' }, ...(pool === 'pool' ? [{ type: 'maxPool' } as const] : []), { type: 'batchNorm' }, { type: 'relu' }];
}

const fast = {
  crop: 2,
  batchSize: 64,
  validationShare: 0.1,
  // A short memory of squared gradients: the rate changes quickly.
  optimizer: { type: 'adam', beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.05 },
  labelSmoothing: 0.1,
} as const;

export const defaultPreset: PresetName = 'balanced';

export const presets: Readonly<Record<PresetName, Preset>> = {
  quick: {
    ...fast,
    purpose: 'A first answer in seconds: a small network, once over the data',
    threads: 'one',
    network: [...block(16, 'valid', 'no pool'), ...block(16, 'valid', 'pool'), ...block(32, 'valid', 'no pool'), ...block(32, 'valid', 'pool'), ...block(64, 'valid', 'no pool'), { type: 'flatten' }],
    epochs: 1,
    augmentation: undefined,
    schedule: { type: 'oneCycle', peak: 0.02, warmUp: 0.2 },
  },
  balanced: {
    ...fast,
    purpose: 'More accurate than the notebook, in a fraction of its time',
    threads: 'all',
    network: [...block(16, 'valid', 'no pool'), ...block(32, 'valid', 'pool'), ...block(48, 'same', 'no pool'), ...block(64, 'valid', 'pool'), ...block(96, 'valid', 'no pool'), { type: 'flatten' }],
    epochs: 3,
    augmentation: { rotation: 10, zoom: 0.1, shift: 1 / 28 },
    schedule: { type: 'oneCycle', peak: 0.015, warmUp: 0.2 },
  },
  // Every value from the notebook "Digit Recognition - MNIST (Keras - CNN)".
  notebook: {
    purpose: 'The Keras notebook, exactly: five layers, RMSprop',
    threads: 'all',
    crop: 0,
    network: [
      { type: 'conv', filters: 32, size: 5, padding: 'same', activation: 'relu' },
      { type: 'conv', filters: 32, size: 5, padding: 'same', activation: 'relu' },
      { type: 'maxPool' },
      { type: 'dropout', rate: 0.25 },
      { type: 'conv', filters: 64, size: 3, padding: 'same', activation: 'relu' },
      { type: 'conv', filters: 64, size: 3, padding: 'same', activation: 'relu' },
      { type: 'maxPool' },
      { type: 'dropout', rate: 0.25 },
      { type: 'flatten' },
      { type: 'dense', units: 256, activation: 'relu' },
      { type: 'dropout', rate: 0.5 },
    ],
    batchSize: 64,
    epochs: 5,
    validationShare: 0.1,
    augmentation: { rotation: 10, zoom: 0.1, shift: 0.1 },
    optimizer: { type: 'rmsProp', decay: 0.9, epsilon: 1e-8 },
    schedule: { type: 'plateau', rate: 0.001, factor: 0.5, patience: 3, floor: 1e-5 },
    labelSmoothing: 0,
  },
};

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
