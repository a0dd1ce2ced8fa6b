import { makeOptimizer, sizeOf, type Optimizer, type TensorSpec } from '../core/optimizer';
import type { EpochSums, TrainerState, TrainingPlan } from '../protocol/replica';
import type { Batches } from './batches';
import type { Exchange } from './exchange';
import type { GradientFinder } from './network/gradients';
import { batchNormMomentum } from './network/model';

/**
 * Moves the weights of a network by the gradients that all replicas find. Every replica has a trainer, and all of them go
 * the same way: they begin alike and add the same sums.
 */
export class Trainer {
  private readonly finder: GradientFinder;
  private readonly batches: Batches;
  private readonly exchange: Exchange;
  private readonly plan: TrainingPlan;
  private readonly optimizer: Optimizer;
  private readonly trained: number;
  private readonly weights: Float32Array;
  private readonly averaged: Float32Array | undefined;

  /** Goes on from the plan's state, or begins with `weights`. */
  constructor(finder: GradientFinder, tensors: readonly TensorSpec[], batches: Batches, exchange: Exchange, plan: TrainingPlan, weights: Float32Array) {
    this.finder = finder;
    this.batches = batches;
    this.exchange = exchange;
    this.plan = plan;
    const { state, averaging, optimizer } = plan;
    this.trained = tensors.reduce((sum, tensor) => sum + (tensor.trained ? sizeOf(tensor) : 0), 0);
    this.weights = (state?.weights ?? weights).slice();
    this.optimizer = makeOptimizer(optimizer, tensors, state?.optimizer);
    if (averaging > 0) this.averaged = (state?.averaged ?? this.weights).slice();
  }

  get state(): TrainerState {
    return { weights: this.weights, averaged: this.averaged, optimizer: this.optimizer.state };
  }

  /** Trains an epoch: a step for each rate. `onStep` is told the sums so far. */
  async epoch(epoch: number, rates: Float64Array, onStep: (sums: EpochSums) => void): Promise<EpochSums> {
    let sums: EpochSums = { steps: 0, loss: 0, correct: 0, images: 0 };
    for (const [step, rate] of rates.entries()) {
      const { loss, correct, images } = await this.step(epoch, step, rate);
      sums = { steps: step + 1, loss: sums.loss + loss, correct: sums.correct + correct, images: sums.images + images };
      onStep(sums);
      // Lets messages in: the kernels block this process.
      await new Promise(resolve => setImmediate(resolve));
    }
    return sums;
  }

  private async step(epoch: number, step: number, rate: number): Promise<Omit<EpochSums, 'steps'>> {
    const { weights, averaged, trained, batches, plan } = this;
    const { images, classes } = batches.draw(epoch, step);
    const found = this.finder.find(weights, images, classes, [plan.seed * 1000 + plan.shard * 100, epoch * 1_000_000 + step]);
    // The gradients, and behind them what is to be known of the batch.
    const vector = new Float32Array(weights.length + 3);
    vector.set(found.gradients);
    vector.set([found.loss, found.correct, classes.length], weights.length);
    const sum = await this.exchange.sum(vector, () => batches.prepare(epoch, step + 1));
    for (let i = 0; plan.shards > 1 && i < weights.length; i++) sum[i] = sum[i]! / plan.shards;

    this.optimizer.update(weights, sum, rate);
    for (let i = trained; i < weights.length; i++) weights[i] = batchNormMomentum * weights[i]! + (1 - batchNormMomentum) * sum[i]!;
    if (averaged) for (let i = 0; i < weights.length; i++) averaged[i] = plan.averaging * averaged[i]! + (1 - plan.averaging) * weights[i]!;
    return { loss: sum.at(-3)!, correct: sum.at(-2)!, images: sum.at(-1)! };
  }
}

/** The weights to predict with. */
export function bestWeights({ weights, averaged }: TrainerState): Float32Array {
  return averaged ?? weights;
}
