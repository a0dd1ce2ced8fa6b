import type { OcclusionMap } from '../core/occlusion';
import type { EngineInfo } from '../core/run/runRecord';

/** What is asked of a training process that serves a finished run instead of training: it answers until it is ended. */
export type ExplainMethods = {
  [W in Want]: (job: ExplainJob) => Promise<Explanations[W]>;
} & {
  /** Loads the network of a run. Called first, once. Throws `no-run`, `no-engine` and `engine-died`. */
  open(job: { readonly runFolder: string }): Promise<ServedNetwork>;
  /** Gives up the job with this number. */
  cancel(id: number): void;
};

/** What there is to know about an image. */
export interface Explanations {
  /** One a class, image by image. */
  readonly probabilities: Float32Array;
  /** What covering the image part by part does to them. */
  readonly occlusion: OcclusionMap;
  /** The first time the training file is read, with progress. Throws `mismatch` where it has changed since the training. */
  readonly neighbours: Neighbours;
}

export type Want = keyof Explanations;

/** An image that a network is asked about. */
export interface ExplainedImage {
  /** side*side bytes. */
  readonly pixels: Uint8Array;
  /** The pixel value of full ink; that of the run's training file where it is missing. */
  readonly ink?: number;
  /** Its row in the training file, where it is of that file: it is no neighbour of its own. */
  readonly trainingRow: number | undefined;
  /** How many images `pixels` are, one behind the other, where they are several; of those there are only probabilities. */
  readonly images?: number;
}

export interface ExplainJob extends ExplainedImage {
  /** To cancel it by. */
  readonly id: number;
}

/** A network that is ready to answer. */
export interface ServedNetwork {
  readonly engine: EngineInfo;
  /** The epoch whose weights it has. */
  readonly epoch: number;
}

/** Images of the training set that are most like another one to the network, the nearest first. */
export interface Neighbours {
  readonly rows: Uint32Array;
  /** As the file has them. */
  readonly labels: Int32Array;
  /** Cosine distances of what the last but one layer makes of them. */
  readonly distances: Float32Array;
  /** [n, side, side] bytes. */
  readonly pixels: Uint8Array;
  /** How many images were compared, of how many that the network was trained on. */
  readonly compared: number;
  readonly trainingRows: number;
  /** Numbers that the network makes of an image. */
  readonly features: number;
  /** Memory that the comparison takes, in bytes. */
  readonly bytes: number;
}

/** How far the training images are ready to be compared with. */
export type ExplainProgress =
  | { readonly phase: 'reading'; readonly file: string; readonly share: number }
  | { readonly phase: 'looking'; readonly share: number };

/** What it tells meanwhile. */
export interface ExplainEvents {
  /** A few times a second at most. */
  progress(progress: ExplainProgress): void;
}
