import type * as vscode from 'vscode';
import type { RunRecord } from '../../core/run/runRecord';
import type { Progress } from '../../protocol/training';

/** What panels may ask of the runs; run folders are absolute paths. */
export interface RunAccess {
  /** The run's record, history or predictions changed, once for each change; panels load it again. */
  readonly onDidChangeRun: vscode.Event<string>;
  /** Files of a data set came, changed or went; what a panel says of test and training files may be another now. */
  readonly onDidChangeData: vscode.Event<void>;
  readonly onDidProgress: vscode.Event<{ readonly runFolder: string; readonly progress: Progress }>;
  /** Notices the end of a run that another process trains, from now on: its folder does not tell. */
  watch(runFolder: string, run: RunRecord): void;
  /** The test file beside the training file of a data set, where there is one. */
  testFile(dataFolder: string): Promise<string | undefined>;
  /** How far a training of this window has come; undefined when the run does not train here. */
  progress(runFolder: string): Progress | undefined;
  /** A training of this window, or one that waits for another to end: it can be cancelled here. */
  trainsHere(runFolder: string): boolean;
  /** The file is one of the workspace, or the user named it in this one: its images may be shown, whatever a run's folder says. */
  mayRead(file: string): boolean;
  canResume(runFolder: string, run: RunRecord): Promise<boolean>;
  cancel(runFolder: string): void;
}
