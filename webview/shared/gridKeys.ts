/** The shape of a grid, for its keys. */
export interface GridShape {
  readonly count: number;
  readonly columns: number;
  /** Complete lines in view, at least one. */
  readonly linesInView: number;
  /** The first tile in view. */
  readonly firstInView: number;
}

/** The tile that a key leads to from `index`, which is -1 for none; undefined if a grid does not handle it. */
export function nextTile(key: string, index: number, shape: GridShape): number | undefined {
  const last = shape.count - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const next = step(key, Math.max(0, index), shape);
  // The first key goes to a tile in view.
  return next === undefined || index >= 0 ? next : Math.min(last, shape.firstInView);
}

function step(key: string, index: number, { count, columns, linesInView }: GridShape): number | undefined {
  const last = count - 1;
  // Up and down stay in their column, and stop at the first and last line.
  const vertical = (by: number): number => {
    const target = index + by * columns;
    if (target < 0) return index % columns;
    return target > last ? Math.max(index, lastInColumn(index % columns)) : target;
  };
  const lastInColumn = (column: number): number => {
    const inLastLine = Math.floor(last / columns) * columns + column;
    return inLastLine > last ? inLastLine - columns : inLastLine;
  };
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return vertical(-1);
    case 'ArrowDown':
      return vertical(1);
    case 'PageUp':
      return vertical(-linesInView);
    case 'PageDown':
      return vertical(linesInView);
    default:
      return undefined;
  }
}
