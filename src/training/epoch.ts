import type { Schedule } from '../core/schedule';
import type { Trainer } from './trainer';

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

/** Trains one epoch; `epoch` counts from 1 over all networks, the schedule from the end of epoch `first`. Ends early, with what it has, once `isCancelled`. */
export async function trainEpoch(
  trainer: Trainer,
  { epoch, first, steps, schedule }: { readonly epoch: number; readonly first: number; readonly steps: number; readonly schedule: Schedule },
  isCancelled: () => boolean,
  onStep: (step: number, soFar: EpochResult) => void,
): Promise<EpochResult> {
  let loss = 0;
  let correct = 0;
  let seen = 0;
  let rates = 0;
  let result: EpochResult = { loss: 0, accuracy: 0, learningRate: 0 };
  for (let step = 0; step < steps && !isCancelled(); step++) {
    const rate = schedule.rate((epoch - 1 - first) * steps + step);
    const found = await trainer.step(epoch, step, rate);
    rates += rate;
    loss += found.loss;
    correct += found.correct;
    seen += found.images;
    result = { loss: loss / seen, accuracy: correct / seen, learningRate: rates / (step + 1) };
    onStep(step + 1, result);
  }
  return result;
}
