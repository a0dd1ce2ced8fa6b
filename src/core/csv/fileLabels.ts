/** Stands for the label of a row that can't be read. */
export const UNREADABLE = 0xffff;

/** The labels of all rows of a file, two bytes a row. */
export interface FileLabels {
  /** The labels that occur, ascending. */
  readonly labels: readonly number[];
  /** How many rows have each, in the same order. */
  readonly counts: readonly number[];
  /** Rows that can't be read. */
  readonly unreadable: number;
  /** One per row, from row 1 on: an index into `labels`, or {@link UNREADABLE}. */
  readonly classes: Uint16Array;
}
