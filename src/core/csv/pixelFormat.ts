/** How a pixel CSV is laid out, as its header says. */
export interface PixelFormat {
  /** `train`: has labels. `test`: has none. */
  readonly kind: 'train' | 'test';
  readonly delimiter: ',' | ';' | '\t';
  /** Values in a row, everything counted. */
  readonly columns: number;
  readonly labelColumn: number | undefined;
  /** The column with the image's id, where a file has one; the unnamed row index that pandas writes is none. */
  readonly idColumn: number | undefined;
  /** The id column is named "index": it may be the row index of a table. */
  readonly idsAreIndex?: true;
  /** The first of the pixel columns, which stand side by side in row-major order unless `pixelOfColumn` says otherwise. */
  readonly firstPixel: number;
  /** The pixel that each column holds, row by row, -1 where it is none; only where they don't stand side by side in order. */
  readonly pixelOfColumn?: readonly number[];
  /** Pixels along one side of the square image. */
  readonly side: number;
  /** Where the first data row begins, in bytes from the start of the file. */
  readonly dataOffset: number;
}

/**
 * What is wrong with a row. `columns`: too many or too few values. `missing`: an empty value, or one that says so, as
 * "NaN" does. `label`, `pixel`: a value that is none. `quotes`: quotation marks that don't match. `text`: bytes that are no text.
 */
export type RowProblemKind = 'columns' | 'missing' | 'label' | 'pixel' | 'quotes' | 'text';

/** A row that can't be read, and why. */
export interface RowProblem {
  readonly kind: RowProblemKind;
  /** Counted from 1 without the header, as a submission's ImageId. */
  readonly row: number;
  /** Counted from 1 with the header, as an editor shows it. */
  readonly line: number;
  /** A sentence that names file and row and says what to do. */
  readonly message: string;
}

/** Rows of a pixel CSV in memory. Rows with problems are left out of `pixels`, `labels` and `rowNumbers`. */
export interface PixelRows {
  /** [n, side, side] bytes, row-major. */
  readonly pixels: Uint8Array;
  /** One an image; undefined for a test file. */
  readonly labels: Int32Array | undefined;
  /** The file's row number of each image, from 1. */
  readonly rowNumbers: Uint32Array;
  /** One an image, where the file has an id column. */
  readonly ids: readonly string[] | undefined;
  readonly problems: readonly RowProblem[];
}
