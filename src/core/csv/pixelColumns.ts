import { isPixelName, orderByName } from './pixelNames';

/** What the columns of a header are. */
export interface PixelColumns {
  readonly labelColumn: number | undefined;
  readonly idColumn: number | undefined;
  readonly idsAreIndex?: true;
  readonly firstPixel: number;
  readonly pixelOfColumn?: readonly number[];
  readonly side: number;
}

const ID_NAME = /^(id|image[ _]?id|index)$/;
/** The row index that pandas writes has no name, or this one when it was written and read again. */
const PANDAS_INDEX = /^(unnamed: ?\d+)?$/;

/**
 * Recognises the columns of a pixel CSV by their names, or says what is wrong with them as the rest of a sentence that
 * begins with the file's name. Everything that is neither label nor id is a pixel; its number says where in the image it
 * belongs, row by row.
 */
export function recognisePixelColumns(header: readonly string[]): PixelColumns | string {
  const names = header.map(name => name.trim().toLowerCase());
  if (looksLikeData(names))
    return 'starts with numbers instead of column names; add a first line such as "label,pixel0,pixel1" with a name for each column.';

  const labels = columnsWhere(names, name => name === 'label');
  if (labels.length > 1) return 'has two columns named "label"; delete one of them.';
  const ids = columnsWhere(names, name => ID_NAME.test(name));
  const unnamed = columnsWhere(names, (name, column) => PANDAS_INDEX.test(name) && (name !== '' || column === 0));
  const beside = new Set([...labels, ...ids, ...unnamed]);

  const pixels = columnsWhere(names, (_, column) => !beside.has(column));
  const named = pixels.map(column => ({ name: names[column]!, column: column + 1 }));
  const first = pixels[0];
  if (first === undefined || !named.some(isPixelName))
    return 'has no pixel columns; Digits reads files with the columns "label", pixel0, pixel1 and so on.';
  const side = Math.round(Math.sqrt(pixels.length));
  const count = pixels.length === 1 ? '1 pixel column, which makes' : `${pixels.length} pixel columns, which make`;
  const noSquare = `has ${count} no square image; restore the columns that are missing, or choose another file.`;
  // So few that they may be columns of anything.
  if (side < 2) return noSquare;
  const order = orderByName(named, side, labels.length > 0);
  if (typeof order === 'string') return order;
  if (side * side !== pixels.length) return noSquare;

  // A file that pandas wrote from a table with ids has both; the ids are the ones that mean something.
  const idColumn = ids.find(column => names[column] !== 'index') ?? ids[0];
  const inOrder = order.every((pixel, at) => pixel === at && pixels[at] === first + at);
  return {
    labelColumn: labels[0],
    idColumn,
    ...(idColumn !== undefined && names[idColumn] === 'index' && { idsAreIndex: true }),
    firstPixel: first,
    ...(!inOrder && { pixelOfColumn: pixelOfColumn(header.length, pixels, order) }),
    side,
  };
}

/** The pixel that each column holds; -1 for a column that is none. */
function pixelOfColumn(columns: number, pixels: readonly number[], order: readonly number[]): readonly number[] {
  const all = new Array<number>(columns).fill(-1);
  pixels.forEach((column, at) => (all[column] = order[at]!));
  return all;
}

function columnsWhere(names: readonly string[], test: (name: string, column: number) => boolean): readonly number[] {
  return names.flatMap((name, column) => (test(name, column) ? [column] : []));
}

/** A file without a header starts with values: numbers that are no ascending sequence. */
function looksLikeData(names: readonly string[]): boolean {
  const numeric = names.every(name => /^[+-]?\d+(\.\d+)?$/.test(name));
  return numeric && !names.every((name, at) => at === 0 || Number(name) === Number(names[at - 1]) + 1);
}
