import Papa from 'papaparse';
import { printable } from '../printable';
import type { PixelFormat, RowProblem, RowProblemKind } from './pixelFormat';

/** A row that is written in an unusual way but can be read. */
export interface IrregularRow {
  readonly label: number;
  readonly id: string;
  /** In the order of the image. */
  readonly pixels: Uint8Array;
}

/** A row that can't be read. */
export interface UnreadableRow {
  readonly problem: RowProblem;
  /** Values of it that are missing, whatever else is wrong; unknown, and so 0, where it has too many or too few. */
  readonly missingValues: number;
}

/** Where a row stands, for messages. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
  readonly line: number;
}

/** Written so that no text makes it try over and over. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const MISSING = /^(|nan|na|n\/a|null|none)$/i;
const INT32_MAX = 2 ** 31 - 1;

/** Reads one line with papaparse: quoted values, spaces around values and numbers as "12.0" are fine, all else is a problem. */
export function readIrregularRow(
  text: string,
  format: PixelFormat,
  { file, row, line }: RowPlace,
): IrregularRow | UnreadableRow {
  const { columns, firstPixel, pixelOfColumn, labelColumn, idColumn } = format;
  const size = format.side * format.side;
  /** Counted row by row; undefined where the column holds none. */
  const pixelAt = (column: number): number | undefined => {
    const pixel = pixelOfColumn === undefined ? column - firstPixel : pixelOfColumn[column]!;
    return pixel >= 0 && pixel < size ? pixel : undefined;
  };
  const isMissing = (value: string, column: number): boolean => {
    if (column === idColumn) return value === '';
    return (pixelAt(column) !== undefined || column === labelColumn) && MISSING.test(value);
  };
  const problem = (kind: RowProblemKind, what: string, values: readonly string[] = []): UnreadableRow => ({
    problem: { kind, row, line, message: `${file}, row ${row} (line ${line}) ${what}` },
    missingValues: values.filter(isMissing).length,
  });

  if (text.includes('\0'))
    return problem(
      'text',
      'has NUL bytes in it, as a file has that was not written to its end; download the file again or delete the row.',
    );
  // Spaces between a quotation mark and the end of a line are fine to papaparse, between it and the end of all text they are not.
  const { data, errors } = Papa.parse<readonly string[]>(`${text}\n`, { delimiter: format.delimiter, newline: '\n' });
  // A quotation mark without its counterpart is one that a line break inside a value took away.
  if (errors.some(error => error.type === 'Quotes') || isOdd(text, '"'))
    return problem('quotes', "has quotation marks that don't match; fix or delete the row.");
  const values = (data[0] ?? []).map(value => value.trim());
  if (values.length !== columns) {
    const count = `${values.length} ${values.length === 1 ? 'value' : 'values'}`;
    return problem('columns', `has ${count} where the header has ${columns}; fix or delete the row.`);
  }

  const pixels = new Uint8Array(size);
  let label = 0;
  for (const [column, value] of values.entries()) {
    const pixel = pixelAt(column);
    const isLabel = column === labelColumn;
    if (pixel === undefined && !isLabel && column !== idColumn) continue;
    if (isMissing(value, column)) {
      return problem(
        'missing',
        `has no ${isLabel ? 'label' : `value in column ${column + 1}`}; fill it in or delete the row.`,
        values,
      );
    }
    const number = NUMBER.test(value) ? Number(value) : NaN;
    if (isLabel) {
      if (!Number.isInteger(number))
        return problem(
          'label',
          `has the label ${shown(value)}, which is no whole number; fix or delete the row.`,
          values,
        );
      if (Math.abs(number) > INT32_MAX)
        return problem(
          'label',
          `has the label ${shown(value)}, and labels end at ${INT32_MAX}; fix or delete the row.`,
          values,
        );
      label = number;
    }
    if (pixel !== undefined) {
      if (!Number.isInteger(number) || number < 0 || number > 255) {
        const way =
          number > 0 && number < 1 ? 'multiply the pixels by 255 if they were divided by it' : 'fix or delete the row';
        return problem(
          'pixel',
          `has ${shown(value)} in column ${column + 1}, where a whole number from 0 to 255 belongs; ${way}.`,
          values,
        );
      }
      pixels[pixel] = number;
    }
  }
  const id = idColumn === undefined ? '' : values[idColumn]!;
  // What stands in the place of bytes that are no UTF-8: two ids that differ there would be one.
  if (id.includes('\ufffd'))
    return problem('text', 'has an id that is not encoded as UTF-8; save the file as UTF-8.', values);
  return { label, id, pixels };
}

function isOdd(text: string, mark: string): boolean {
  let odd = false;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) odd = !odd;
  return odd;
}

/** A value of a file as a message shows it: numbers as they are, text in quotation marks and not too long. */
function shown(value: string): string {
  const short = printable(value, 24);
  return NUMBER.test(value) ? short : `"${short}"`;
}
