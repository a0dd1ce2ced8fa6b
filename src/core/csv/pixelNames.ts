import { printable } from '../printable';

/** A column of a header that should be a pixel. */
export interface NamedColumn {
  /** In lower case, without spaces around it. */
  readonly name: string;
  /** From 1. */
  readonly column: number;
}

const PIXEL_NAME = /^(\D*)(?:(\d+)(\D+))?(\d+)$/;

interface PixelName extends NamedColumn {
  /** What stands before the number. */
  readonly stem: string;
  /** For names of row and column, as "3x14": the row. */
  readonly row: number | undefined;
  readonly between: string;
  readonly number: number;
}

/** The name is one that a pixel may have. */
export function isPixelName({ name }: NamedColumn): boolean {
  return PIXEL_NAME.test(name);
}

/**
 * The pixel that each column holds, counted row by row, by the columns' names: "pixel12", "12", "3x14" or "px_3_14",
 * counted from 0 or 1. Or what is wrong with them, as the rest of a sentence that begins with the file's name.
 */
export function orderByName(
  columns: readonly NamedColumn[],
  side: number,
  hasLabel: boolean,
): readonly number[] | string {
  const parsed = columns.map(parseName);
  const usual = mostFrequent(parsed.flatMap(name => (name ? [kindOf(name)] : [])));
  const foreign = columns[parsed.findIndex(name => name === undefined || kindOf(name) !== usual)];
  if (foreign?.name === '') return `has no name for column ${foreign.column}; name or delete it.`;
  if (foreign)
    return `has the column ${shown(foreign)}, which is neither a label, an id nor a pixel; ${hasLabel ? 'delete it' : 'name it "label" if it holds labels, or delete it'}.`;
  const names = parsed as readonly PixelName[];
  const twice = firstRepeated(names);
  if (twice) return `has the column ${shown(twice)} twice; delete one of them.`;
  return names[0]?.row === undefined ? numbered(names) : inGrid(names, side);
}

function parseName(column: NamedColumn): PixelName | undefined {
  const match = PIXEL_NAME.exec(column.name);
  if (match === null) return undefined;
  return {
    ...column,
    stem: match[1]!,
    row: match[2] === undefined ? undefined : Number(match[2]),
    between: match[3] ?? '',
    number: Number(match[4]),
  };
}

/** What the names of all pixels of a file share. */
function kindOf({ stem, row, between }: PixelName): string {
  return `${stem}\n${row === undefined ? '' : `\n${between}`}`;
}

/** Names of one number may stand in any order: each says where it belongs. */
function numbered(names: readonly PixelName[]): readonly number[] | string {
  const numbers = new Set(names.map(({ number }) => number));
  const origin = numbers.has(0) ? 0 : 1;
  const missing = names.findIndex((_, pixel) => !numbers.has(origin + pixel));
  if (missing < 0) return names.map(({ number }) => number - origin);
  const beyond = names.find(({ number }) => number >= origin + names.length)!;
  return `has the column ${shown(beyond)} and none named "${printable(beyond.stem)}${origin + missing}"; restore the columns that are missing, or number the pixels from 0 or 1 on.`;
}

/** Names of two numbers have to be in order: they don't say which of the two is the row. */
function inGrid(names: readonly PixelName[], side: number): readonly number[] | string {
  const { row: top = 0, number: left, stem, between } = names[0]!;
  if (top > 1 || left > 1)
    return `has the column ${shown(names[0]!)} where the first pixel belongs; count rows and columns of pixels from 0 or 1 on.`;
  const at = names.findIndex(
    ({ row, number }, pixel) => row !== top + Math.floor(pixel / side) || number !== left + (pixel % side),
  );
  if (at < 0) return names.map((_, pixel) => pixel);
  const expected = `${stem}${top + Math.floor(at / side)}${between}${left + (at % side)}`;
  return `has the column ${shown(names[at]!)} where "${printable(expected)}" belongs; restore or reorder the pixel columns.`;
}

function shown({ name, column }: NamedColumn): string {
  return `"${printable(name)}" (column ${column})`;
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<readonly [string, number] | undefined>(
    (most, entry) => (most === undefined || entry[1] > most[1] ? entry : most),
    undefined,
  )?.[0];
}

function firstRepeated(names: readonly PixelName[]): PixelName | undefined {
  const seen = new Set<string>();
  return names.find(({ row, number }) => {
    const key = `${row ?? ''} ${number}`;
    return seen.has(key) || !seen.add(key);
  });
}
