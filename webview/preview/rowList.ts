/** The rows that a grid shows, in their order. Rows count from 1, places in the list from 0. */
export interface RowList {
  readonly count: number;
  rowAt(index: number): number;
  /** Where a row stands; -1 where it is not among them. */
  indexOf(row: number): number;
  /** Where the row stands that is nearest to this one. Of all rows, that may be one that is still to be found. */
  nearest(row: number): number;
}

/** All rows of a file that are known. */
export function allRows(count: number): RowList {
  return {
    count,
    rowAt: index => index + 1,
    indexOf: row => (row >= 1 && row <= count ? row - 1 : -1),
    nearest: row => Math.max(0, row - 1),
  };
}

/** Some rows of a file; `rows` ascends. */
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

/** The first place of an ascending list whose value is not below this one. */
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
