import { sizeOf, makeOptimizer, type Optimizer, type OptimizerState, type TensorSpec } from '../core/optimizer';
import type { Preset } from '../core/presets';
import type { Crew } from './crew';

/** What a step saw of its batch. */
export interface StepResult {
  /** Sums over its images. */
  readonly loss: number;
  readonly correct: number;
  readonly images: number;
}

/** What a training needs to go on from where it was. */
export interface TrainerState {
  readonly weights: Float32Array;
  /** The mean of the weights, where the preset asks for it. */
  readonly averaged: Float32Array | undefined;
  readonly optimizer: OptimizerState;
}

/** Keras keeps .99; in a short training the means would hardly leave their start. */
const statisticsMomentum = 0.9;

/** Holds the weights of a network and moves them by the gradients that a crew finds. */
export class Trainer {
  private readonly crew: Crew;
  private readonly optimizer: Optimizer;
  private readonly averaging: number;
  private readonly trained: number;
  private readonly weights: Float32Array;
  private readonly averaged: Float32Array | undefined;

  /** Goes on from a state, or begins with the first weights of a network. */
  constructor(crew: Crew, tensors: readonly TensorSpec[], preset: Pick<Preset, 'optimizer' | 'averaging'>, start: Float32Array | TrainerState) {
    this.crew = crew;
    this.trained = tensors.reduce((sum, tensor) => sum + (tensor.trained ? sizeOf(tensor) : 0), 0);
    this.averaging = preset.averaging;
    const state = start instanceof Float32Array ? undefined : start;
    this.weights = (state?.weights ?? (start as Float32Array)).slice();
    this.optimizer = makeOptimizer(preset.optimizer, tensors, state?.optimizer);
    if (preset.averaging > 0) this.averaged = (state?.averaged ?? this.weights).slice();
  }

  get state(): TrainerState {
    return { weights: this.weights, averaged: this.averaged, optimizer: this.optimizer.state };
  }

  /** The weights to predict with. */
  get best(): Float32Array {
    return this.averaged ?? this.weights;
  }

  /** One step on a batch that all of the crew share. */
  async step(epoch: number, step: number, rate: number): Promise<StepResult> {
    const { weights, trained } = this;
    const shards = await this.crew.all('gradients', () => ({ weights, epoch, step }));
    // Summed in the order of the crew, so that a run repeats itself.
    const [{ gradients: sum }, ...others] = shards as [typeof shards[number], ...typeof shards];
    for (const { gradients } of others) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + gradients[i]!;
    if (others.length > 0) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! / shards.length;

    this.optimizer.update(weights, sum, rate);
    for (let i = trained; i < weights.length; i++) weights[i] = statisticsMomentum * weights[i]! + (1 - statisticsMomentum) * sum[i]!;
    const { averaged, averaging } = this;
    if (averaged) for (let i = 0; i < weights.length; i++) averaged[i] = averaging * averaged[i]! + (1 - averaging) * weights[i]!;
    return {
      loss: shards.reduce((total, { loss }) => total + loss, 0),
      correct: shards.reduce((total, { correct }) => total + correct, 0),
      images: shards.reduce((total, { images }) => total + images, 0),
    };
  }
}
