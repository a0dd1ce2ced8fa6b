import { makeOptimizer, sizeOf, type Optimizer, type TensorSpec } from '../../core/optimizer';
import type { EpochSums, TrainerState, TrainingPlan } from '../../protocol/worker';
import type { Batch } from './batches';
import type { LoadedEngine } from '../engine/load';
import type { AllReduce } from './allReduce';
import type { GradientFinder, ResidentTraining, StepPlan } from '../network/gradients';
import { batchNormMomentum } from '../network/model';

/** The two numbers that seed the dropout of a step. */
export type StepSeed = readonly [number, number];

/** Updates the weights of a network step by step. */
export interface Steps {
  /** Where the training is. */
  readonly state: TrainerState;
  /** Updates the weights with the gradients of all workers and returns their summed loss. `meanwhile` runs during the exchange. */
  step(batch: Batch, seed: StepSeed, rate: number, meanwhile: () => void): Promise<Omit<EpochSums, 'steps'>>;
  /** Gives back what the engine holds. */
  dispose(): void;
}

/** Gets the steps of a training ready: goes on from the plan's state, or begins with `weights`. */
export function makeSteps(
  engine: LoadedEngine,
  network: StepPlan,
  allReduce: AllReduce,
  plan: TrainingPlan,
  weights: Float32Array,
): Steps {
  const { shards, emaDecay, optimizer, state } = plan;
  const resident =
    shards === 1 && emaDecay === 0 && optimizer.type === 'rmsProp' && network.tensors.every(({ trained }) => trained);
  if (!resident || !engine.rmsProp)
    return new SharedSteps(engine.gradients(network), network.tensors, allReduce, plan, weights);
  const secondMoments = state?.optimizer.moments[0] ?? new Float32Array(weights.length);
  return new ResidentSteps(
    engine.rmsProp(network, optimizer, { weights: state?.weights ?? weights, secondMoments }),
    state?.optimizer.steps ?? 0,
  );
}

/**
 * How much of the means and variances that batch normalisation keeps is left after a step, which follows `steps` others.
 * Few steps would not forget the first values, which are nobody's: these go at once, and means are taken over all steps
 * until those are as many as the momentum stands for.
 */
export function momentumAt(steps: number, momentum: number | undefined): number {
  return momentum === undefined ? batchNormMomentum : Math.min(momentum, steps / (steps + 1));
}

/** Every worker updates its own copy of the weights. The copies stay equal: they start equal and get equal sums. */
class SharedSteps implements Steps {
  private readonly finder: GradientFinder;
  private readonly allReduce: AllReduce;
  private readonly plan: TrainingPlan;
  private readonly optimizer: Optimizer;
  private readonly trained: number;
  private readonly weights: Float32Array;
  private readonly averaged: Float32Array | undefined;

  constructor(
    finder: GradientFinder,
    tensors: readonly TensorSpec[],
    allReduce: AllReduce,
    plan: TrainingPlan,
    weights: Float32Array,
  ) {
    this.finder = finder;
    this.allReduce = allReduce;
    this.plan = plan;
    const { state, emaDecay, optimizer } = plan;
    this.trained = tensors.reduce((sum, tensor) => sum + (tensor.trained ? sizeOf(tensor) : 0), 0);
    this.weights = (state?.weights ?? weights).slice();
    this.optimizer = makeOptimizer(optimizer, tensors, state?.optimizer);
    if (emaDecay > 0) this.averaged = (state?.averaged ?? this.weights).slice();
  }

  get state(): TrainerState {
    return { weights: this.weights, averaged: this.averaged, optimizer: this.optimizer.state };
  }

  async step(
    { images, classes }: Batch,
    seed: StepSeed,
    rate: number,
    meanwhile: () => void,
  ): Promise<Omit<EpochSums, 'steps'>> {
    const { weights, averaged, trained, plan } = this;
    const found = this.finder.find(weights, images, classes, seed);
    // The gradients, followed by loss, correct predictions and images of the batch.
    const vector = new Float32Array(weights.length + 3);
    vector.set(found.gradients);
    vector.set([found.loss, found.correct, classes.length], weights.length);
    const sum = await this.allReduce.sum(vector, meanwhile);
    for (let i = 0; plan.shards > 1 && i < weights.length; i++) sum[i] = sum[i]! / plan.shards;

    const momentum = momentumAt(this.optimizer.state.steps, plan.batchNormMomentum);
    this.optimizer.update(weights, sum, rate);
    for (let i = trained; i < weights.length; i++) weights[i] = momentum * weights[i]! + (1 - momentum) * sum[i]!;
    if (averaged)
      for (let i = 0; i < weights.length; i++)
        averaged[i] = plan.emaDecay * averaged[i]! + (1 - plan.emaDecay) * weights[i]!;
    return { loss: sum.at(-3)!, correct: sum.at(-2)!, images: sum.at(-1)! };
  }

  dispose(): void {
    this.finder.dispose();
  }
}

/** The engine updates the weights of the only worker in its own memory, with all of its threads. */
class ResidentSteps implements Steps {
  private readonly training: ResidentTraining;
  private steps: number;

  constructor(training: ResidentTraining, steps: number) {
    this.training = training;
    this.steps = steps;
  }

  get state(): TrainerState {
    const { weights, secondMoments } = this.training.state;
    return { weights, averaged: undefined, optimizer: { steps: this.steps, moments: [secondMoments] } };
  }

  async step(
    { images, classes }: Batch,
    seed: StepSeed,
    rate: number,
    meanwhile: () => void,
  ): Promise<Omit<EpochSums, 'steps'>> {
    const { loss, correct } = this.training.step(images, classes, seed, rate);
    this.steps++;
    meanwhile();
    return { loss, correct, images: classes.length };
  }

  dispose(): void {
    this.training.dispose();
  }
}
