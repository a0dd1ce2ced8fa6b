import type { Augmentation } from '../core/augment';
import type { ChainLayer } from '../core/network';
import type { OptimizerState, TensorSpec } from '../core/optimizer';
import type { OptimizerSpec } from '../core/presets';
import type { EngineInfo, EngineName, LayerSummary } from '../core/run/runRecord';

/**
 * What the training process asks of its workers: processes that hold an engine and a copy of the network each. They train
 * in step: each finds the gradients on its share of a batch, all add up what all have found.
 */
export interface WorkerMethods {
  /** Called first. Throws `no-engine`. */
  loadEngine(engine: EngineName): Promise<EngineInfo>;
  /** Joins the worker of this rank with all others of a group of so many; `name` is the group's own. */
  join(place: { readonly rank: number; readonly count: number; readonly name: string }): Promise<void>;
  /** Makes the network that the other calls are about. */
  build(network: NetworkPlan): Promise<BuiltNetwork>;
  /** The model that averages so many networks of these layers. */
  compose(model: {
    readonly layers: readonly ChainLayer[];
    readonly side: number;
    readonly networks: number;
  }): Promise<ComposedModel>;
  /** Loads a saved model instead, to predict with. */
  load(model: SavedModel): Promise<void>;
  /** The images it trains on, part by part. */
  addImages(part: WorkerImages): void;
  /** Begins to train the network that was built. */
  begin(plan: TrainingPlan): void;
  /** Trains an epoch, counted from 1: a step for each learning rate. */
  epoch(job: { readonly epoch: number; readonly rates: Float64Array }): Promise<EpochSums>;
  /** Where the training is. */
  state(nothing: undefined): TrainerState;
  /** Probabilities, images x classes. Without weights by those of the call before, or the model's own. */
  predict(job: {
    readonly weights?: Float32Array | undefined;
    readonly pixels: Uint8Array;
    readonly ink: number;
  }): Float32Array;
  /** What a loaded model makes of images before its last layer, images x features; of several networks, the first. */
  features(job: { readonly pixels: Uint8Array; readonly ink: number }): Float32Array;
}

/** What a worker tells meanwhile. */
export interface WorkerEvents {
  /** A few times a second at most, by the one of rank 0. */
  stepped(sums: EpochSums): void;
}

/** Layers of a chain for images of side x side; the seed fixes the first weights. */
export interface NetworkPlan {
  readonly layers: readonly ChainLayer[];
  readonly side: number;
  readonly seed: number;
  readonly labelSmoothing: number;
}

/** A network as it was built. */
export interface BuiltNetwork {
  readonly summary: readonly LayerSummary[];
  /** Where each weight lies in `weights`, those that are trained first. */
  readonly tensors: readonly TensorSpec[];
  readonly weights: Float32Array;
}

/** The form of a model that averages networks. */
export interface ComposedModel {
  /** JSON in tfjs layers format. */
  readonly topology: object;
  readonly tensors: readonly TensorSpec[];
}

/** A model in tfjs layers format. */
export interface SavedModel {
  readonly topology: object;
  /** As the format's weights manifest has them. */
  readonly weightSpecs: readonly object[];
  readonly weights: ArrayBuffer;
}

/** Some of a worker's training images. */
export interface WorkerImages {
  /** How many it will have in all. */
  readonly total: number;
  /** [n, side, side] bytes. */
  readonly pixels: Uint8Array;
  readonly classes: Uint16Array;
  /** Each image's number in the data set: what chance does to it depends on that. */
  readonly ids: Uint32Array;
}

/** How a worker draws its share of a batch. */
export interface BatchPlan {
  readonly seed: number;
  /** The worker's rank: no two shuffle alike. */
  readonly shard: number;
  /** Images of a batch that are this worker's. */
  readonly size: number;
  /** The pixel value of full ink. */
  readonly ink: number;
  readonly augmentation: Augmentation | undefined;
}

/** How a network is trained. */
export interface TrainingPlan extends BatchPlan {
  readonly shards: number;
  readonly optimizer: OptimizerSpec;
  /** See the preset. */
  readonly emaDecay: number;
  /** Where the steps are few; otherwise the layers' own. See `FewRows`. */
  readonly batchNormMomentum?: number | undefined;
  /** Where to go on; missing for a network that begins. */
  readonly state?: TrainerState | undefined;
}

/** What a training needs to go on from where it was. */
export interface TrainerState {
  readonly weights: Float32Array;
  /** The mean of the weights, where the plan asks for it. */
  readonly averaged: Float32Array | undefined;
  readonly optimizer: OptimizerState;
}

/** Sums over the images of an epoch, those of all workers. */
export interface EpochSums {
  readonly steps: number;
  /** Of the cross-entropy with the true class, whatever the smoothing. */
  readonly loss: number;
  readonly correct: number;
  readonly images: number;
}
