import type * as vscode from 'vscode';
import type { Evaluation } from '../../core/run/evaluation';
import type { Predictions, RunRecord, RunSummary } from '../../core/run/runRecord';
import type { Progress } from '../../protocol/training';

/** What panels may ask of the runs; run folders are absolute paths. */
export interface RunAccess {
  /** The run's record, history or predictions changed, once for each change; panels load it again. */
  readonly onDidChangeRun: vscode.Event<string>;
  /** Files of a data set came, changed or went; what a panel says of test and training files may be another now. */
  readonly onDidChangeData: vscode.Event<void>;
  readonly onDidProgress: vscode.Event<{ readonly runFolder: string; readonly progress: Progress }>;
  /** Throws a DigitsError when the folder holds no run. */
  load(runFolder: string): Promise<LoadedRun>;
  /** The same without predictions and evaluations. */
  summary(runFolder: string): Promise<RunSummary>;
  /** How far a training of this window has come; undefined when the run does not train here. */
  progress(runFolder: string): Progress | undefined;
  /** A training of this window, or one that waits for another to end: it can be cancelled here. */
  trainsHere(runFolder: string): boolean;
  /** The file is one of the workspace, or the user named it in this one: its images may be shown, whatever a run's folder says. */
  mayRead(file: string): boolean;
  canResume(runFolder: string, run: RunRecord): Promise<boolean>;
  cancel(runFolder: string): void;
}

/** A run as its folder has it. */
export interface LoadedRun extends RunSummary {
  /** Of the validation set with the best weights, once an epoch ended. */
  readonly validation: Predictions | undefined;
  /** On other labelled files, the newest first. */
  readonly evaluations: readonly Evaluation[];
  /** The folder of the data set that the run belongs to. */
  readonly dataFolder: string;
  /** The test file beside the training file, where there is one. */
  readonly testFile: string | undefined;
}
