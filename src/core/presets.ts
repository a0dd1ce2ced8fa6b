import type { Augmentation } from './augment';
import { block, type LayerSpec } from './network';

export type PresetName = 'quick' | 'balanced' | 'best' | 'notebook';

/** How weights follow their gradients. */
export type OptimizerSpec =
  | { readonly type: 'rmsProp'; readonly decay: number; readonly epsilon: number }
  /** `decay`: this share of a weight, times the rate, is taken off it each step (AdamW, Loshchilov and Hutter 2019). */
  | {
      readonly type: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly decay: number;
    };

/** The learning rate over a training. */
export type ScheduleSpec =
  /** Constant, and lowered when the validation loss stands still. */
  | {
      readonly type: 'plateau';
      readonly rate: number;
      readonly factor: number;
      readonly patience: number;
      readonly floor: number;
    }
  /** Rises to its peak over the first share of all steps and falls to zero over the others, both in a straight line. */
  | { readonly type: 'oneCycle'; readonly peak: number; readonly warmUp: number };

/** A way to train: data, not code. */
export interface Preset {
  readonly purpose: string;
  /** Share of the sample's 28,000 test images that it gets right: the mean over the seeds of `npm run bench -- --full`. Missing where it was not measured so. */
  readonly accuracy?: number;
  /** Small networks are faster in several processes of one thread: kernels are done before other threads wake, and there is little to exchange. */
  readonly threads: 'one' | 'all';
  /** Pixels cut off on each side where no image has ink. */
  readonly crop: number;
  /** Without the last layer, which has a unit a class. */
  readonly network: readonly LayerSpec[];
  readonly batchSize: number;
  /** Of each network. */
  readonly epochs: number;
  /** Steps of whole batches that a network is to have at least: over few rows it goes more often. See `fitToRows`. */
  readonly leastSteps: number;
  readonly validationShare: number;
  readonly augmentation: Augmentation | undefined;
  /** For a preset without augmentation, where few rows are gone over again and again. */
  readonly fewRowsAugmentation?: Augmentation;
  readonly optimizer: OptimizerSpec;
  readonly schedule: ScheduleSpec;
  /** This share of the target's probability is spread over all classes. */
  readonly labelSmoothing: number;
  /** Decay of the exponential moving average (EMA) of the weights over all steps, which is what is kept; 0 keeps the weights of the last step. */
  readonly emaDecay: number;
  /** Networks trained one after the other, whose probabilities are averaged. */
  readonly networks: number;
}

const fast = {
  crop: 2,
  // Half of it for each of two processes.
  batchSize: 128,
  leastSteps: 250,
  validationShare: 0.1,
  // A short memory of squared gradients: the rate changes quickly.
  optimizer: { type: 'adam', beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.05 },
  schedule: { type: 'oneCycle', peak: 0.02, warmUp: 0.2 },
  labelSmoothing: 0.1,
  emaDecay: 0,
  networks: 1,
} as const;

const augmentation: Augmentation = { rotation: 10, zoom: 0.1, shift: 1 / 28, elastic: 0.4 };

export const defaultPreset: PresetName = 'balanced';

export const presets: Readonly<Record<PresetName, Preset>> = {
  quick: {
    ...fast,
    purpose: 'A first answer in seconds: a small network, once over the data',
    accuracy: 0.9908,
    threads: 'one',
    network: [
      ...block(16, 'valid', 'pool'),
      ...block(32, 'valid', 'no pool'),
      ...block(32, 'valid', 'pool'),
      ...block(64, 'valid', 'no pool'),
      { type: 'flatten' },
    ],
    epochs: 1,
    augmentation: undefined,
    fewRowsAugmentation: augmentation,
  },
  balanced: {
    ...fast,
    purpose: 'More accurate than the notebook, in a fraction of its time',
    accuracy: 0.9956,
    threads: 'one',
    network: [
      ...block(16, 'valid', 'pool'),
      ...block(32, 'valid', 'no pool'),
      ...block(48, 'valid', 'pool'),
      ...block(64, 'valid', 'no pool'),
      { type: 'flatten' },
    ],
    epochs: 9,
    augmentation,
  },
  best: {
    ...fast,
    purpose: 'The most accurate: several networks, averaged',
    accuracy: 0.9966,
    threads: 'one',
    // The wider first convolution leaves less for the others to do: the same accuracy as with one of 3x3, in 7 % less time.
    network: [
      ...block(24, 'valid', 'pool', 5),
      ...block(32, 'valid', 'no pool'),
      ...block(64, 'valid', 'pool'),
      ...block(96, 'valid', 'no pool'),
      { type: 'flatten' },
    ],
    // In the same time six networks of 12 epochs make 98 mistakes in 28,000 images, these 95. Test-time augmentation (an
    // image and it shifted by a pixel each way, averaged) takes 4 % off those of one network and 1 % off those of three: left out.
    epochs: 24,
    networks: 3,
    // Fewer than usual: what is learned from the others counts here.
    validationShare: 0.02,
    augmentation,
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
    leastSteps: 500,
    validationShare: 0.1,
    augmentation: { rotation: 10, zoom: 0.1, shift: 0.1 },
    optimizer: { type: 'rmsProp', decay: 0.9, epsilon: 1e-8 },
    schedule: { type: 'plateau', rate: 0.001, factor: 0.5, patience: 3, floor: 1e-5 },
    labelSmoothing: 0,
    emaDecay: 0,
    networks: 1,
  },
};
