import type { ErrorData } from '../core/errors';
import type { Evaluation } from '../core/run/evaluation';
import type { EpochRecord, RunRecord, RunSummary } from '../core/run/runRecord';
import type { ImagePage } from './imagePage';
import type { InspectorHost, InspectorView, RunImagePlace } from './inspector';
import type { Progress } from './training';

// Typed arrays cross between host and webview as they are.

/**
 * The images of a set that the network got wrong, ordered by p(predicted) - p(true), largest first. In typed arrays: a
 * network that has learned little errs thousands of times.
 */
export interface MisclassifiedImages {
  /** Row numbers in the set's file, from 1. */
  readonly rows: Uint32Array;
  /** True and predicted classes, as indices into the run's classes. */
  readonly labels: Uint16Array;
  readonly predicted: Uint16Array;
  /** rows.length x classes. */
  readonly probabilities: Float32Array;
}

/** What the network made of a set of images with the weights it keeps. */
export interface ValidationView {
  /** classes x classes counts, row = true class, column = predicted. */
  readonly confusion: readonly (readonly number[])[];
  /** The mean probability of its answers; undefined where it diverged. */
  readonly confidence: number | undefined;
  readonly misclassified: MisclassifiedImages;
}

/** The same of the images of a labelled file. */
export interface EvaluationView extends ValidationView {
  /** Why its images can't be shown: the file is gone or has changed since. */
  readonly imagesNote: string | undefined;
}

/** Another run of the same data set. */
export interface ComparedRun extends RunSummary {
  /** The name of its folder. */
  readonly id: string;
}

/** Everything a run panel shows; an evaluation's matrix and mistakes are asked for when they are looked at. */
export interface RunPanelState {
  /** The run's folder; the webview keeps it in its state, so that a reloaded window finds the run again. */
  readonly runFolder: string;
  readonly run: RunRecord;
  /** What the user calls it, where they do. */
  readonly title?: string;
  readonly history: readonly EpochRecord[];
  readonly progress: Progress | undefined;
  readonly validation: ValidationView | undefined;
  /** Why nothing of the validation set can be shown, though the network predicted it. */
  readonly validationNote?: string;
  /** The newest first. */
  readonly evaluations: readonly Evaluation[];
  /** The id of the evaluation to turn to, where somebody asked for one. */
  readonly show: string | undefined;
  /** The ids of the runs to compare with, where somebody asked. */
  readonly compare?: readonly string[];
  /** Why images can't be shown: the file is gone or has changed since. */
  readonly imagesNote: string | undefined;
  /** This window trains it or is about to, so that it can be cancelled here. */
  readonly trainsHere: boolean;
  /** It ended before its last epoch and can go on. */
  readonly canResume: boolean;
  /** There is a test file to predict. */
  readonly canSubmit: boolean;
}

/** What the run panel's webview asks of the host. */
export interface RunPanelHost extends InspectorHost<RunImagePlace> {
  ready(nothing: undefined): Promise<RunPanelState>;
  /** Throws when it is gone or damaged. */
  evaluation(id: string): Promise<EvaluationView>;
  /** Images of these rows of the training file or of an evaluation's, in the order asked for; at most 512. */
  images(request: { readonly evaluation: string | undefined; readonly rows: readonly number[] }): Promise<ImagePage>;
  /** Those of these runs of the same data set that are there and can be read. */
  comparedRuns(ids: readonly string[]): Promise<readonly ComparedRun[]>;
  /** Asks the user which runs to compare with, `ids` chosen already; undefined when the choice was cancelled. */
  pickCompared(ids: readonly string[]): Promise<readonly string[] | undefined>;
  cancel(nothing: undefined): void;
  resume(nothing: undefined): void;
  writeSubmission(nothing: undefined): void;
  /** Throws when the file is no longer the one that was trained or evaluated on. */
  revealInPreview(place: { readonly evaluation: string | undefined; readonly row: number }): Promise<void>;
  showLog(nothing: undefined): void;
  /** The view itself failed. */
  logError(error: ErrorData): void;
}

/** What the host tells the run panel's webview. */
export interface RunPanelView extends InspectorView {
  /** Replaces everything. */
  state(state: RunPanelState): void;
  failed(message: string): void;
  progress(progress: Progress): void;
  /** Another run of the data set changed or went. */
  runChanged(id: string): void;
}
