import type { Predictions } from './runRecord';

/** How a run's network did on the images of a labelled file. */
export interface Evaluation {
  /** Its name within the run: the same for the same file. */
  readonly id: string;
  /** Relative to the data set's folder, with slashes. */
  readonly file: string;
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** The epoch whose weights predicted. */
  readonly epoch: number;
  readonly images: number;
  readonly right: number;
}

/** Predictions whose labels are known. */
export type LabelledPredictions = Predictions & { readonly labels: Uint16Array };
