/** A cell of a confusion matrix, by class index. */
export interface Cell {
  readonly label: number;
  readonly predicted: number;
}

export type Confusion = readonly (readonly number[])[];

/** The largest count off the diagonal. */
export function mostErrors(confusion: Confusion): number {
  return Math.max(0, ...confusion.map((row, label) => Math.max(0, ...row.filter((_, predicted) => predicted !== label))));
}

/** How warm a cell of errors is shown, 0 to 1: by the root, so that single errors are seen beside many. */
export function heat(errors: number, most: number): number {
  return most === 0 ? 0 : Math.sqrt(errors / most);
}

/** The share of a class that was recognised; undefined where the validation set has none of it. */
export function recognised(row: readonly number[], label: number): number | undefined {
  const total = row.reduce((sum, value) => sum + value, 0);
  return total === 0 ? undefined : row[label]! / total;
}

/** The cells with errors, in reading order: those that lead somewhere. */
export function errorCells(confusion: Confusion): readonly Cell[] {
  return confusion.flatMap((row, label) => row.flatMap((errors, predicted) => (errors > 0 && predicted !== label ? [{ label, predicted }] : [])));
}

/**
 * Where an arrow key leads from a cell, among `cells` in reading order. Left and right go through all of them; up and
 * down to the nearest one of the next line that has any.
 */
export function nextCell(cells: readonly Cell[], from: Cell, key: string): Cell | undefined {
  const at = cells.findIndex(cell => cell.label === from.label && cell.predicted === from.predicted);
  const nearestOf = (line: number | undefined): Cell | undefined =>
    cells
      .filter(cell => cell.label === line)
      .sort((a, b) => Math.abs(a.predicted - from.predicted) - Math.abs(b.predicted - from.predicted))[0];
  switch (key) {
    case 'ArrowLeft':
      return cells[Math.max(0, at - 1)];
    case 'ArrowRight':
      return cells[Math.min(cells.length - 1, at + 1)];
    case 'ArrowUp':
      return nearestOf(cells.findLast(cell => cell.label < from.label)?.label) ?? from;
    case 'ArrowDown':
      return nearestOf(cells.find(cell => cell.label > from.label)?.label) ?? from;
    case 'Home':
      return cells[0];
    case 'End':
      return cells.at(-1);
    default:
      return undefined;
  }
}
