import type { Layout } from '../core/data/layout';
import type { PixelFormat } from '../core/csv/pixelFormat';
import type { FileLabels } from '../core/csv/fileLabels';
import type { ErrorData } from '../core/errors';
import type { ImagePage, IndexProgress } from './imagePage';

/** What the host asks of the thread that reads a pixel file. */
export interface PixelFileMethods {
  /** Opens the file and reads its first rows; its row index is built from then on. Called first, once. */
  open(path: string): Promise<OpenedPixelFile>;
  /** Rows of the file, the first counted from 1; those that it has no more of are missing. */
  rows(range: { readonly first: number; readonly count: number }): Promise<ImagePage>;
  /** These rows, in the order asked for. */
  images(rows: readonly number[]): Promise<ImagePage>;
  /** The labels of all rows, once the row index is built. Asked for once: the host keeps them. */
  labels(nothing: undefined): Promise<FileLabels>;
}

/** What that thread tells meanwhile. */
export interface PixelFileEvents {
  /** A few times a second, and at the end. */
  indexed(progress: IndexProgress): void;
  /** How much of the labels was read, 0 to 1; a few times a second. */
  labelled(share: number): void;
  /** The rest of the file could not be looked at. */
  failed(error: ErrorData): void;
}

/** A file of which the first rows were read. */
export interface OpenedPixelFile {
  readonly format: PixelFormat;
  /** As the first rows have it. */
  readonly layout: Layout;
  readonly index: IndexProgress;
  /** Its first rows. */
  readonly first: ImagePage;
}
