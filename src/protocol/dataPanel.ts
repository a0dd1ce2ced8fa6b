import type { DataFacts, FactsProgress } from '../core/data/dataFacts';
import type { FileRole } from '../core/data/duplicates';
import type { ErrorData } from '../core/errors';
import type { FileChange } from './fileChange';

/** What is known of a file before it is read. */
export interface DataFileHead {
  readonly role: FileRole;
  /** Without its folder. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Undefined where the file can't be opened or is no pixel CSV. */
  readonly header: { readonly side: number; readonly hasLabels: boolean } | undefined;
}

/** How it stands with the facts of a data set. */
export type DataWork =
  | { readonly type: 'reading'; readonly progress: FactsProgress }
  | { readonly type: 'done'; readonly facts: DataFacts }
  | { readonly type: 'cancelled' }
  /** `message`: a sentence that says what to do. */
  | { readonly type: 'failed'; readonly message: string };

/** Everything that the page of a data set shows. */
export interface DataPanelState {
  /** The data set's folder; the webview keeps it in its state, so that a reloaded window finds it again. */
  readonly folder: string;
  /** The folder within the workspace. */
  readonly name: string;
  /** The training file first. */
  readonly files: readonly DataFileHead[];
  /** What is wrong with files that have the name of a data file, as sentences. */
  readonly problems: readonly string[];
  readonly work: DataWork;
  readonly changed: readonly ChangedFile[];
}

/** A file that is no longer as it was read, or that was not there then. */
export interface ChangedFile {
  /** Without its folder. */
  readonly name: string;
  readonly change: FileChange | 'new';
}

/** A row of a file, from 1. */
export interface RowPlace {
  readonly role: FileRole;
  readonly row: number;
}

/** What the page asks of the host. */
export interface DataPanelHost {
  ready(nothing: undefined): Promise<DataPanelState>;
  /** Reads the files again, as they are on disk now. */
  reload(nothing: undefined): Promise<DataPanelState>;
  cancel(nothing: undefined): void;
  /** Opens the preview of a file. */
  preview(role: FileRole): Promise<void>;
  /** Shows a row in the preview. Throws when the file is no longer the one that was read. */
  revealRow(place: RowPlace): Promise<void>;
  /** Shows a line in the text editor, counted from 1 with the header. Throws as {@link revealRow} does. */
  revealLine(place: { readonly role: FileRole; readonly line: number }): Promise<void>;
  showLog(nothing: undefined): void;
  /** The view itself failed. */
  logError(error: ErrorData): void;
}

/** What the host tells the page. */
export interface DataPanelView {
  /** The work ended, one way or another. */
  work(work: DataWork): void;
  progress(progress: FactsProgress): void;
  /** All files that are no longer as they were read. */
  changed(files: readonly ChangedFile[]): void;
}
