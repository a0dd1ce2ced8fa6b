/** What the columns of a header are. */
export interface PixelColumns {
  readonly labelColumn: number | undefined;
  readonly idColumn: number | undefined;
  readonly firstPixel: number;
  readonly side: number;
}

const ID_NAME = /^(id|image[ _]?id|index)$/;
/** The row index that pandas writes has no name, or this one when it was written and read again. */
const PANDAS_INDEX = /^(unnamed: ?\d+)?$/;

/**
 * Recognises the columns of a pixel CSV by their names, or says what is wrong with them as the rest of a sentence that
 * begins with the file's name. Everything that is neither label nor id is a pixel, and pixels stand in row-major order.
 */
export function recognisePixelColumns(header: readonly string[]): PixelColumns | string {
  const names = header.map(name => name.trim().toLowerCase());
  if (looksLikeData(names)) return 'starts with numbers instead of column names; add a first line such as "label,pixel0,pixel1" with a name for each column.';

  const labels = columnsWhere(names, name => name === 'label');
  if (labels.length > 1) return 'has two columns named "label"; delete one of them.';
  const ids = columnsWhere(names, name => ID_NAME.test(name));
  const unnamed = columnsWhere(names, (name, column) => PANDAS_INDEX.test(name) && (name !== '' || column === 0));
  const beside = new Set([...labels, ...ids, ...unnamed]);

  const pixels = columnsWhere(names, (_, column) => !beside.has(column));
  const first = pixels[0];
  if (first === undefined || !pixels.some(column => parseName(names[column]!) !== undefined)) {
    return 'has no pixel columns; Digits reads files with the columns "label", pixel0, pixel1 and so on.';
  }
  const inside = pixels.findIndex((column, at) => column !== first + at);
  if (inside > 0) return `has the column "${header[first + inside]!.trim()}" among its pixels; move it to the front.`;

  const side = Math.round(Math.sqrt(pixels.length));
  const misplaced = checkOrder(pixels.map(column => names[column]!), side, column => `column ${first + column + 1}`);
  if (misplaced !== undefined) return misplaced;
  if (side * side !== pixels.length || side < 2) {
    const count = pixels.length === 1 ? '1 pixel column, which makes' : `${pixels.length} pixel columns, which make`;
    return `has ${count} no square image; restore the columns that are missing, or choose another file.`;
  }

  // A file that pandas wrote from a table with ids has both; the ids are the ones that mean something.
  const idColumn = ids.find(column => names[column] !== 'index') ?? ids[0];
  return { labelColumn: labels[0], idColumn, firstPixel: first, side };
}

function columnsWhere(names: readonly string[], test: (name: string, column: number) => boolean): readonly number[] {
  return names.flatMap((name, column) => (test(name, column) ? [column] : []));
}

/** A file without a header starts with values: numbers that are no ascending sequence. */
function looksLikeData(names: readonly string[]): boolean {
  const numeric = names.every(name => /^-?\d+(\.\d+)?$/.test(name));
  return numeric && !names.every((name, at) => at === 0 || Number(name) === Number(names[at - 1]) + 1);
}

interface PixelName {
  /** What stands before the number. */
  readonly stem: string;
  /** For names of row and column, as "3x14": the row. */
  readonly row: number | undefined;
  readonly between: string;
  readonly number: number;
}

/** "pixel12", "12", "3x14" or "px_3_14" taken apart; undefined for other names. */
function parseName(name: string): PixelName | undefined {
  const match = /^(\D*)(?:(\d+)(\D+))?(\d+)$/.exec(name);
  if (match === null) return undefined;
  return { stem: match[1]!, row: match[2] === undefined ? undefined : Number(match[2]), between: match[3] ?? '', number: Number(match[4]) };
}

/** Says where names leave the order that the first one starts, counting from 0 or 1; undefined when they keep it. */
function checkOrder(names: readonly string[], side: number, place: (pixel: number) => string): string | undefined {
  const start = parseName(names[0]!);
  const origin = start?.number;
  if (start === undefined || origin === undefined || origin > 1 || (start.row !== undefined && start.row > 1)) {
    return `has the column "${names[0]!}" (${place(0)}) where the first pixel belongs; name the pixels pixel0, pixel1 and so on, and delete columns that are none.`;
  }
  const seen = new Set<string>();
  for (const [at, name] of names.entries()) {
    if (name === '') return `has no name for ${place(at)}; name or delete it.`;
    if (seen.has(name)) return `has the column "${name}" twice; delete one of them.`;
    seen.add(name);
    const expected =
      start.row === undefined ? `${start.stem}${origin + at}` : `${start.stem}${start.row + Math.floor(at / side)}${start.between}${origin + (at % side)}`;
    const parsed = parseName(name);
    const given = parsed && `${parsed.stem}${parsed.row ?? ''}${parsed.between}${parsed.number}`;
    if (given !== expected) {
      const fitting = parsed !== undefined && parsed.stem === start.stem;
      return fitting
        ? `has the column "${name}" (${place(at)}) where "${expected}" belongs; restore or reorder the pixel columns.`
        : `has the column "${name}" (${place(at)}), which is neither a label, an id nor a pixel; delete it.`;
    }
  }
  return undefined;
}
