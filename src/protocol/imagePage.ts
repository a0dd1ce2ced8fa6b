import type { RowProblem } from '../core/csv/pixelFormat';

/** Images of some rows of a file. */
export interface ImagePage {
  /** Row numbers from 1; a row that can't be read is missing here and stands in `problems`. */
  readonly rows: Uint32Array;
  readonly labels: Int32Array | undefined;
  /** [n, side, side] bytes. */
  readonly pixels: Uint8Array;
  readonly problems: readonly RowProblem[];
}

/** How much of the file the row index covers. */
export interface IndexProgress {
  /** Rows that can be asked for now. */
  readonly rows: number;
  /** 0 to 1; 1 when `rows` is the whole file. */
  readonly share: number;
}
