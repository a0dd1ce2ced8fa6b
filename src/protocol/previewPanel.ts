import type { PixelFormat } from '../core/csv/pixelFormat';
import type { ErrorData } from '../core/errors';
import type { FileChange } from './fileChange';
import type { ImagePage, IndexProgress } from './imagePage';
import type { InspectorView, PreviewInspectorHost } from './inspector';
import type { PreviewFilterHost, PreviewFilterView } from './previewFilter';

// Typed arrays cross between host and webview as they are.

/** Everything needed to draw a preview for the first time. */
export interface PreviewState {
  /** The file's name, without its folder. */
  readonly file: string;
  readonly format: PixelFormat;
  /** The value that stands for full ink: 255, or less where the file's values are. */
  readonly fullInk: number;
  readonly index: IndexProgress;
  /** The first rows, so that a view need not ask for them. */
  readonly first: ImagePage;
  /** The row to scroll to and mark, where somebody asked for one. */
  readonly reveal: number | undefined;
}

/** What the preview's webview asks of the host. */
export interface PreviewHost extends PreviewFilterHost, PreviewInspectorHost {
  ready(nothing: undefined): Promise<PreviewState>;
  /** At most 512 rows, the first counted from 1; those that the file has no more of are missing. */
  rows(range: { readonly first: number; readonly count: number }): Promise<ImagePage>;
  /** Reads the file again, as it is on disk now. */
  reload(nothing: undefined): Promise<PreviewState>;
  reopenAsText(nothing: undefined): Promise<void>;
  showLog(nothing: undefined): void;
  /** The view itself failed. */
  logError(error: ErrorData): void;
}

/** What the host tells the preview's webview. */
export interface PreviewView extends PreviewFilterView, InspectorView {
  indexed(progress: IndexProgress): void;
  /** Scroll to a row and mark it. */
  reveal(row: number): void;
  /** What became of the file on disk; undefined where it is again what it was. */
  changed(change: FileChange | undefined): void;
  failed(message: string): void;
}
