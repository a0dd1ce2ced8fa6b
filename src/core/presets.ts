import type { Augmentation } from './augment';
import type { PresetName } from './run/runRecord';

/** One layer of a network, as data. */
export type LayerSpec =
  | { readonly type: 'conv'; readonly filters: number; readonly size: number }
  | { readonly type: 'maxPool' }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'flatten' }
  | { readonly type: 'dense'; readonly units: number };

/** A way to train: data, not code. */
export interface Preset {
  readonly purpose: string;
  /** Without the last layer, which has a unit a class. */
  readonly network: readonly LayerSpec[];
  readonly batchSize: number;
  readonly epochs: number;
  readonly validationShare: number;
  readonly augmentation: Augmentation;
  readonly optimizer: { readonly learningRate: number; readonly decay: number; readonly epsilon: number };
  /** Lowers the learning rate when the validation loss stands still. */
  readonly plateau: { readonly factor: number; readonly patience: number; readonly floor: number };
}

export const presets: Readonly<Record<PresetName, Preset>> = {
  // Every value from the notebook "Digit Recognition - MNIST (Keras - CNN)".
  notebook: {
    purpose: 'The Keras notebook, exactly: five layers, RMSprop',
    network: [
      { type: 'conv', filters: 32, size: 5 },
      { type: 'conv', filters: 32, size: 5 },
      { type: 'maxPool' },
      { type: 'dropout', rate: 0.25 },
      { type: 'conv', filters: 64, size: 3 },
      { type: 'conv', filters: 64, size: 3 },
      { type: 'maxPool' },
      { type: 'dropout', rate: 0.25 },
      { type: 'flatten' },
      { type: 'dense', units: 256 },
      { type: 'dropout', rate: 0.5 },
    ],
    batchSize: 64,
    epochs: 5,
    validationShare: 0.1,
    augmentation: { rotation: 10, zoom: 0.1, shift: 0.1 },
    optimizer: { learningRate: 0.001, decay: 0.9, epsilon: 1e-8 },
    plateau: { factor: 0.5, patience: 3, floor: 1e-5 },
  },
};
