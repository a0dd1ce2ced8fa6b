import type { EngineInfo } from '../core/run/runRecord';
import type { Explanations, ExplainProgress, Want } from './explain';

/** An answer, and the engine that computed it. */
export interface Explained<T> {
  readonly engine: EngineInfo;
  readonly value: T;
}

/**
 * What an inspector asks of the host about the image at a place; each question takes the place of the same one asked
 * before, which is rejected as `cancelled`. Throws a sentence where there is no answer.
 */
export type InspectorHost<Place> = {
  [W in Want]: (place: Place) => Promise<Explained<Explanations[W]>>;
} & {
  /** Nobody waits for this answer any more, or for any. */
  cancelQuestion(want: Want | undefined): void;
};

/** What the host tells a view with an inspector. */
export interface InspectorView {
  explaining(progress: ExplainProgress): void;
}

/** An image of the run panel: of the training file, or of an evaluation's. */
export interface RunImagePlace {
  readonly evaluation: string | undefined;
  readonly row: number;
}

/** An image of a preview, and the run whose network is asked about it. */
export interface PreviewImagePlace {
  readonly runFolder: string;
  readonly row: number;
}

/** A run whose network can say something about the images of a file. */
export interface InspectorNetwork {
  readonly runFolder: string;
  /** "balanced, 99.55 %, 22 Nov, 16:28". */
  readonly name: string;
  /** The labels that it knows, ascending. */
  readonly classes: readonly number[];
  /** What to be careful about, as full sentences. */
  readonly notes: readonly string[];
}

/** What the preview's inspector asks besides. */
export interface PreviewInspectorHost extends InspectorHost<PreviewImagePlace> {
  /** The newest run with a network for images like these, where there is one. */
  network(nothing: undefined): Promise<InspectorNetwork | undefined>;
  /** A sentence where the network is surer of the images of the file once they are turned back; for a run that `network` named. */
  orientation(runFolder: string): Promise<readonly string[]>;
  openRun(runFolder: string): void;
  /** Shows a row of the file that a run was trained on. Throws when that is no longer the file it was. */
  revealTrainingRow(place: PreviewImagePlace): Promise<void>;
}
