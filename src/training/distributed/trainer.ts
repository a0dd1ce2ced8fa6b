import type { EpochSums, TrainerState, TrainingPlan } from '../../protocol/worker';
import type { Batches } from './batches';
import type { Steps } from './steps';

/** Trains a network epoch by epoch. Every worker has a trainer. */
export class Trainer {
  private readonly steps: Steps;
  private readonly batches: Batches;
  private readonly plan: TrainingPlan;

  constructor(steps: Steps, batches: Batches, plan: TrainingPlan) {
    this.steps = steps;
    this.batches = batches;
    this.plan = plan;
  }

  get state(): TrainerState {
    return this.steps.state;
  }

  /** Trains an epoch: a step for each rate. `onStep` is told the sums so far. */
  async epoch(epoch: number, rates: Float64Array, onStep: (sums: EpochSums) => void): Promise<EpochSums> {
    let sums: EpochSums = { steps: 0, loss: 0, correct: 0, images: 0 };
    for (const [step, rate] of rates.entries()) {
      const { loss, correct, images } = await this.step(epoch, step, rate, step + 1 < rates.length);
      sums = { steps: step + 1, loss: sums.loss + loss, correct: sums.correct + correct, images: sums.images + images };
      onStep(sums);
      // Lets messages in: the kernels block this process.
      await new Promise(resolve => setImmediate(resolve));
    }
    return sums;
  }

  private step(epoch: number, step: number, rate: number, hasNext: boolean): Promise<Omit<EpochSums, 'steps'>> {
    const { batches, plan } = this;
    return this.steps.step(
      batches.draw(epoch, step),
      [plan.seed * 1000 + plan.shard * 100, epoch * 1_000_000 + step],
      rate,
      () => {
        // One that no step takes would cost time in vain, and an estimate, which measures a few steps, would count it.
        if (hasNext) batches.prepare(epoch, step + 1);
      },
    );
  }

  /** Gives back what the engine holds. */
  dispose(): void {
    this.steps.dispose();
  }
}

/** The weights to predict with. */
export function bestWeights({ weights, averaged }: TrainerState): Float32Array {
  return averaged ?? weights;
}
