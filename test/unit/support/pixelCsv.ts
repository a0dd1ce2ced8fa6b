import fc from 'fast-check';
import Papa from 'papaparse';
import type { PixelFormat } from '../../../src/core/csv/pixelFormat';

/** A made-up pixel CSV: its layout, and the text of its lines without line breaks. */
export interface MadeCsv {
  readonly side: number;
  readonly delimiter: PixelFormat['delimiter'];
  readonly columns: readonly ('label' | 'id' | 'pixel')[];
  readonly lines: readonly string[];
  readonly lineBreak: string;
  readonly bom: boolean;
  readonly lastLineBreak: boolean;
}

/** A row as any careful reader of the file has it; undefined for one that can't be read. */
export interface ExpectedRow {
  readonly label: number;
  readonly id: string;
  readonly pixels: readonly number[];
}

const byte = fc.integer({ min: 0, max: 255 }).map(String);
const plain = fc.oneof({ arbitrary: fc.constant('0'), weight: 8 }, { arbitrary: byte, weight: 2 });
const unusual = fc.oneof(
  byte.map(value => ` ${value}`),
  byte.map(value => `${value} `),
  byte.map(value => `${value}.0`),
  byte.map(value => `"${value}"`),
  byte.map(value => `+${value}`),
  byte.map(value => `00${value}`),
  fc.constantFrom('1e1', '2.5e2', '-0', '256', '300', '1000', '-1', '1.5', 'abc', '', ' ', 'NaN', '""', '7x'),
);
const delimiters = fc.constantFrom<PixelFormat['delimiter']>(',', ';', '\t');
const layouts = fc.constantFrom<(side: number) => MadeCsv['columns']>(
  side => ['label', ...pixelColumns(side)],
  side => [...pixelColumns(side), 'label'],
  side => pixelColumns(side),
  side => ['id', ...pixelColumns(side)],
  side => ['id', 'label', ...pixelColumns(side)],
  side => ['label', ...pixelColumns(side), 'id'],
);

/** Files with all that is read in a special way: zeros in a row, unusual and wrong values, short and long rows, blank lines. */
export const pixelCsvs: fc.Arbitrary<MadeCsv> = fc
  .record({ side: fc.integer({ min: 2, max: 5 }), delimiter: delimiters, layout: layouts, lineBreak: fc.constantFrom('\n', '\r\n', '\r'), bom: fc.boolean(), lastLineBreak: fc.boolean() })
  .chain(({ layout, ...rest }) => {
    const columns = layout(rest.side);
    const values = fc.oneof({ arbitrary: plain, weight: 60 }, { arbitrary: unusual, weight: 1 });
    const row = (count: number): fc.Arbitrary<string> =>
      fc.array(values, { minLength: count, maxLength: count }).map(list => list.join(rest.delimiter));
    const line = fc.oneof(
      { arbitrary: row(columns.length), weight: 20 },
      { arbitrary: row(columns.length - 1), weight: 1 },
      { arbitrary: row(columns.length + 1), weight: 1 },
      { arbitrary: fc.constantFrom('', ' ', ' \t', '0', '0,0,0,0,', rest.delimiter.repeat(columns.length - 1)), weight: 2 },
    );
    return fc.record({ columns: fc.constant(columns), lines: fc.array(line, { maxLength: 12 }) }).map(more => ({ ...rest, ...more }));
  });

/** The bytes of a made-up file. */
export function toBytes(csv: MadeCsv): Uint8Array {
  let pixel = 0;
  const header = csv.columns.map(column => (column === 'pixel' ? `pixel${pixel++}` : column)).join(csv.delimiter);
  const text = [header, ...csv.lines].join(csv.lineBreak) + (csv.lastLineBreak ? csv.lineBreak : '');
  return Buffer.from((csv.bom ? '\ufeff' : '') + text);
}

/** Reads a made-up file with papaparse alone, as a whole. One entry a row; `line` from 1 with the header. */
export function readWithPapaparse(csv: MadeCsv): readonly { readonly line: number; readonly row: ExpectedRow | undefined }[] {
  const text = Buffer.from(toBytes(csv)).toString('utf8').replace(/^\ufeff/, '');
  const { data } = Papa.parse<string[]>(text, { delimiter: csv.delimiter, newline: csv.lineBreak as '\n' | '\r\n' | '\r' });
  return data
    .map((values, at) => ({ line: at + 1, values: values.map(value => value.trim()) }))
    .slice(1)
    .filter(({ values }) => !(values.length === 1 && values[0] === ''))
    .map(({ line, values }) => ({ line, row: toRow(values, csv.columns) }));
}

function toRow(values: readonly string[], columns: MadeCsv['columns']): ExpectedRow | undefined {
  if (values.length !== columns.length || values.some(value => value === '')) return undefined;
  const of = (kind: 'label' | 'id' | 'pixel'): string[] => values.filter((_, at) => columns[at] === kind);
  const [label = 0] = of('label').map(Number);
  const pixels = of('pixel').map(Number);
  const readable = Number.isInteger(label) && pixels.every(value => Number.isInteger(value) && value >= 0 && value <= 255);
  return readable ? { label: label + 0, id: of('id')[0] ?? '', pixels: pixels.map(value => value + 0) } : undefined;
}

function pixelColumns(side: number): MadeCsv['columns'] {
  return new Array<'pixel'>(side * side).fill('pixel');
}

/** The text of a file with Kaggle's header; `rows` hold label and pixels. */
export function kaggleCsv(side: number, rows: readonly string[]): string {
  return `${['label', ...Array.from({ length: side * side }, (_, at) => `pixel${at}`)].join(',')}\n${rows.map(row => `${row}\n`).join('')}`;
}
