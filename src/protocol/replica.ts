import type { Augmentation } from '../core/augment';
import type { ChainLayer } from '../core/network';
import type { TensorSpec } from '../core/optimizer';
import type { EngineInfo, EngineName, LayerSummary } from '../core/run/runRecord';

/**
 * What the training process asks of its replicas: processes that hold an engine and a copy of the network each. A replica
 * computes gradients on its share of every batch and predicts; it keeps no state of the training but its images, so the
 * weights go with every call.
 */
export interface ReplicaMethods {
  /** Called first. Throws `no-engine`. */
  loadEngine(engine: EngineName): Promise<EngineInfo>;
  /** Makes the network that the other calls are about. */
  build(network: NetworkPlan): Promise<BuiltNetwork>;
  /** The model that averages so many networks of these layers. */
  compose(model: { readonly layers: readonly ChainLayer[]; readonly side: number; readonly networks: number }): Promise<ComposedModel>;
  /** Loads a saved model instead, to predict with. */
  load(model: SavedModel): Promise<void>;
  /** The images it trains on, part by part. */
  addImages(part: ReplicaImages): void;
  /** How to draw batches from them. */
  plan(plan: BatchPlan): void;
  /** Gradients for one step on the replica's share of the batch. */
  gradients(job: { readonly weights: Float32Array; readonly epoch: number; readonly step: number }): ShardGradients;
  /** Probabilities, images x classes. Without weights by those of the call before, or the model's own. */
  predict(job: { readonly weights?: Float32Array | undefined; readonly pixels: Uint8Array; readonly ink: number }): Float32Array;
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

/** Some of a replica's training images. */
export interface ReplicaImages {
  /** How many it will have in all. */
  readonly total: number;
  /** side*side bytes an image. */
  readonly pixels: Uint8Array;
  readonly classes: Uint16Array;
  /** Each image's number in the data set: what chance does to it depends on that. */
  readonly ids: Uint32Array;
}

/** How a replica draws its share of a batch. */
export interface BatchPlan {
  readonly seed: number;
  /** The replica's number: no two shuffle alike. */
  readonly shard: number;
  /** Images of a batch that are this replica's. */
  readonly size: number;
  /** The pixel value of full ink. */
  readonly ink: number;
  readonly augmentation: Augmentation | undefined;
}

/** What one replica found in a step. */
export interface ShardGradients {
  /** One a trained weight, then the means and variances that batch normalisation saw, in the order of the weights. */
  readonly gradients: Float32Array;
  /** Sum over its images, of the cross-entropy with the true class, whatever the smoothing. */
  readonly loss: number;
  readonly correct: number;
  readonly images: number;
}
