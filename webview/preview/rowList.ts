/** The rows of a grid, in order. Rows count from 1, indices from 0. */
export interface RowList {
  readonly count: number;
  rowAt(index: number): number;
  /** The index of a row; -1 if it is not in the list. */
  indexOf(row: number): number;
  /** The index of the nearest row. In {@link allRows} that row may not be found yet. */
  nearest(row: number): number;
}

/** All rows found in the file so far. */
export function allRows(count: number): RowList {
  return {
    count,
    rowAt: index => index + 1,
    indexOf: row => (row >= 1 && row <= count ? row - 1 : -1),
    nearest: row => Math.max(0, row - 1),
  };
}

/** Some rows of a file, ascending. */
export function someRows(rows: Uint32Array): RowList {
  return {
    count: rows.length,
    rowAt: index => rows[index]!,
    indexOf: row => {
      const at = lowerBound(rows, row);
      return rows[at] === row ? at : -1;
    },
    nearest: row => {
      const at = lowerBound(rows, row);
      if (at === 0 || at === rows.length) return Math.max(0, Math.min(at, rows.length - 1));
      return rows[at]! - row < row - rows[at - 1]! ? at : at - 1;
    },
  };
}

/** The first index of an ascending list with a value of at least `value`. */
export function lowerBound(values: Uint32Array, value: number): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
