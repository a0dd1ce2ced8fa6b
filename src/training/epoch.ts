import { copyImage, drawMove, moveImage } from '../core/augment';
import type { Preset } from '../core/presets';
import { Random } from '../core/random';
import type { Schedule } from '../core/schedule';
import type { Trainer } from './network/trainer';

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
  /** Of the steps. */
  readonly learningRate: number;
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
  run: { readonly seed: number; readonly epoch: number; readonly schedule: Schedule },
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
  let rates = 0;

  for (let step = 0; step < steps && !isCancelled(); step++) {
    for (let i = 0; i < batch; i++) {
      const index = order[step * batch + i]!;
      if (preset.augmentation) {
        const move = drawMove(preset.augmentation, data.side, new Random(run.seed, run.epoch, index));
        moveImage(data.pixels, index * size, images, i * size, data.side, 1 / data.ink, move);
      } else {
        copyImage(data.pixels, index * size, images, i * size, size, data.ink);
      }
      classes[i] = data.classes[index]!;
    }
    const rate = run.schedule.rate((run.epoch - 1) * steps + step);
    const result = trainer.step(images, classes, data.side, rate);
    rates += rate;
    loss += result.loss * batch;
    correct += result.correct;
    seen += batch;
    onStep(step + 1, { loss: loss / seen, accuracy: correct / seen, learningRate: rates / (step + 1) });
    // Lets messages in, a cancel among them: the kernels block this process.
    await new Promise(resolve => setImmediate(resolve));
  }
  const count = Math.max(seen, 1);
  return { loss: loss / count, accuracy: correct / count, learningRate: (rates / count) * batch };
}
