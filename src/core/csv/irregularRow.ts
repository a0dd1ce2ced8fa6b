import Papa from 'papaparse';
import type { PixelFormat, RowProblem, RowProblemKind } from './pixelFormat';

/** A row that is written in an unusual way but can be read. */
export interface IrregularRow {
  readonly label: number;
  readonly id: string;
  readonly pixels: readonly number[];
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

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MISSING = /^(|nan|na|n\/a|null|none)$/i;
const INT32_MAX = 2 ** 31 - 1;

/** Reads one line with papaparse: quoted values, spaces around values and numbers as "12.0" are fine, all else is a problem. */
export function readIrregularRow(line: string, format: PixelFormat, place: RowPlace): IrregularRow | UnreadableRow {
  const lastPixel = format.firstPixel + format.side * format.side - 1;
  const isPixelColumn = (column: number): boolean => column >= format.firstPixel && column <= lastPixel;
  const isMissing = (value: string, column: number): boolean => {
    if (column === format.idColumn) return value === '';
    return (isPixelColumn(column) || column === format.labelColumn) && MISSING.test(value);
  };
  const problem = (kind: RowProblemKind, what: string, values: readonly string[] = []): UnreadableRow => ({
    problem: { kind, row: place.row, line: place.line, message: `${place.file}, row ${place.row} (line ${place.line}) ${what}` },
    missingValues: values.filter(isMissing).length,
  });
  const { data, errors } = Papa.parse<readonly string[]>(line, { delimiter: format.delimiter, newline: '\n' });
  if (errors.some(error => error.type === 'Quotes')) return problem('quotes', 'has a quotation mark that is never closed; mend or delete the row.');
  const values = (data[0] ?? []).map(value => value.trim());
  if (values.length !== format.columns) {
    const count = `${values.length} ${values.length === 1 ? 'value' : 'values'}`;
    return problem('columns', `has ${count} where the header has ${format.columns}; mend or delete the row.`);
  }

  const pixels: number[] = [];
  let label = 0;
  for (const [column, value] of values.entries()) {
    const isPixel = isPixelColumn(column);
    const isLabel = column === format.labelColumn;
    if (!isPixel && !isLabel && column !== format.idColumn) continue;
    if (isMissing(value, column)) {
      return problem('missing', `has no ${isLabel ? 'label' : `value in column ${column + 1}`}; fill it in or delete the row.`, values);
    }
    const number = NUMBER.test(value) ? Number(value) : NaN;
    if (isLabel) {
      if (!Number.isInteger(number) || Math.abs(number) > INT32_MAX) {
        return problem('label', `has the label ${shown(value)}, which is no whole number; mend or delete the row.`, values);
      }
      label = number;
    }
    if (isPixel) {
      if (!Number.isInteger(number) || number < 0 || number > 255) {
        return problem('pixel', `has ${shown(value)} in column ${column + 1}, where a whole number from 0 to 255 belongs; mend or delete the row.`, values);
      }
      pixels.push(number);
    }
  }
  return { label, id: format.idColumn === undefined ? '' : values[format.idColumn]!, pixels };
}

/** A value of a file as a message shows it: numbers as they are, text in quotation marks and not too long. */
function shown(value: string): string {
  const short = value.length > 24 ? `${value.slice(0, 24)}…` : value;
  return NUMBER.test(value) ? short : `"${short}"`;
}
