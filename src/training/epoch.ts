import { drawMove, moveImage } from '../core/augment';
import { Random } from '../core/random';
import type { Trainer } from './network/trainer';
import type { Preset } from '../core/presets';

/** The images a training draws from. */
export interface TrainingImages {
  /** side*side bytes an image. */
  readonly pixels: Uint8Array;
  /** Class of each image. */
  readonly classes: Uint16Array;
  readonly side: number;
  /** The pixel value of full ink. */
  readonly ink: number;
  /** The images of the training set. */
  readonly indices: Uint32Array;
}

/** Means over the images of an epoch. */
export interface EpochResult {
  readonly loss: number;
  readonly accuracy: number;
}

/** Whole batches an epoch has; a rest smaller than a batch is left out, another one each epoch, as the notebook does. */
export function stepsPerEpoch(images: number, batchSize: number): number {
  return Math.max(Math.floor(images / batchSize), 1);
}

/** Trains one epoch; `epoch` counts from 1. Ends early, with what it has, once `isCancelled`. */
export async function trainEpoch(
  trainer: Trainer,
  data: TrainingImages,
  preset: Preset,
  run: { readonly seed: number; readonly epoch: number; readonly learningRate: number },
  isCancelled: () => boolean,
  onStep: (step: number, soFar: EpochResult) => void,
): Promise<EpochResult> {
  const size = data.side * data.side;
  const order = data.indices.slice();
  new Random(run.seed, run.epoch).shuffle(order);
  const steps = stepsPerEpoch(order.length, preset.batchSize);
  const batch = Math.min(preset.batchSize, order.length);
  const images = new Float32Array(batch * size);
  const classes = new Int32Array(batch);
  let loss = 0;
  let correct = 0;
  let seen = 0;

  for (let step = 0; step < steps && !isCancelled(); step++) {
    for (let i = 0; i < batch; i++) {
      const index = order[step * batch + i]!;
      const move = drawMove(preset.augmentation, data.side, new Random(run.seed, run.epoch, index));
      moveImage(data.pixels, index * size, images, i * size, data.side, 1 / data.ink, move);
      classes[i] = data.classes[index]!;
    }
    const result = trainer.step(images, classes, data.side, run.learningRate);
    loss += result.loss * batch;
    correct += result.correct;
    seen += batch;
    onStep(step + 1, { loss: loss / seen, accuracy: correct / seen });
    // Lets messages in, a cancel among them: the kernels block this process.
    await new Promise(resolve => setImmediate(resolve));
  }
  return { loss: loss / Math.max(seen, 1), accuracy: correct / Math.max(seen, 1) };
}
