import fc from 'fast-check';
import Papa from 'papaparse';
import type { PixelFormat } from '../../../src/core/csv/pixelFormat';

/** A column of a made-up pixel CSV: the label, the id, or a pixel by its number. */
export type MadeColumn = 'label' | 'id' | number;

/** A made-up pixel CSV: its layout, and the text of its lines without line breaks. */
export interface MadeCsv {
  readonly side: number;
  readonly delimiter: PixelFormat['delimiter'];
  readonly columns: readonly MadeColumn[];
  readonly lines: readonly string[];
  /** One that all lines have, or several that take turns. */
  readonly lineBreaks: readonly string[];
  readonly bom: boolean;
  readonly quotedHeader: boolean;
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
  fc
    .tuple(fc.constantFrom('', ' ', '\t', '\u00a0', '\ufeff', '\v'), byte, fc.constantFrom('', ' ', '  ', '\u2003'))
    .map(parts => parts.join('')),
  fc
    .tuple(
      fc.constantFrom('', '+', '-', '00', '000000000000'),
      byte,
      fc.constantFrom('', '.', '.0', '.000', 'e0', 'E+0', '.5', 'e2', 'x'),
    )
    .map(parts => parts.join('')),
  fc
    .tuple(fc.constantFrom('"', '" ', '""', ' "'), byte, fc.constantFrom('"', ' "', '""', '" ', '"0', ''))
    .map(parts => parts.join('')),
  fc.constantFrom(
    '1e1',
    '2.5e2',
    '-0',
    '256',
    '300',
    '1000',
    '65535',
    '4294967296',
    '-1',
    '1.5',
    '.5',
    'abc',
    '',
    ' ',
    'NaN',
    'null',
    '""',
    '7x',
    '1e400',
    '0x10',
    '٣',
    '🙂',
    '\0',
    '\x1a',
    '\u2028',
    '9'.repeat(30),
  ),
);
const delimiters = fc.constantFrom<PixelFormat['delimiter']>(',', ';', '\t');
/** Where label and id stand; the pixels are the others. */
const layouts = fc.constantFrom<(pixels: readonly number[]) => readonly MadeColumn[]>(
  pixels => ['label', ...pixels],
  pixels => [...pixels, 'label'],
  pixels => pixels,
  pixels => ['id', ...pixels],
  pixels => ['id', 'label', ...pixels],
  pixels => ['label', ...pixels, 'id'],
  pixels => [...pixels.slice(0, 3), 'label', ...pixels.slice(3)],
  pixels => [...pixels.slice(0, 1), 'id', ...pixels.slice(1, 3), 'label', ...pixels.slice(3)],
);
const orders = fc.integer({ min: 2, max: 5 }).chain(side => {
  const inOrder = Array.from({ length: side * side }, (_, at) => at);
  return fc
    .oneof(
      { arbitrary: fc.constant(inOrder), weight: 3 },
      { arbitrary: fc.shuffledSubarray(inOrder, { minLength: side * side }), weight: 1 },
    )
    .map(pixels => ({ side, pixels }));
});
const lineBreaks = fc.oneof(
  { arbitrary: fc.constantFrom(['\n'], ['\r\n'], ['\r']), weight: 3 },
  { arbitrary: fc.array(fc.constantFrom('\n', '\r\n', '\r', '\n\r'), { minLength: 2, maxLength: 5 }), weight: 1 },
);

/** Files with all that is read in a special way: zeros in a row, unusual and wrong values, short and long rows, blank lines, pixels in no order. */
export const pixelCsvs: fc.Arbitrary<MadeCsv> = fc
  .record({
    order: orders,
    delimiter: delimiters,
    layout: layouts,
    lineBreaks,
    bom: fc.boolean(),
    quotedHeader: fc.boolean(),
    lastLineBreak: fc.boolean(),
  })
  .chain(({ order: { side, pixels }, layout, ...rest }) => {
    const columns = layout(pixels);
    const values = fc.oneof({ arbitrary: plain, weight: 60 }, { arbitrary: unusual, weight: 1 });
    const row = (count: number): fc.Arbitrary<string> =>
      fc.array(values, { minLength: count, maxLength: count }).map(list => list.join(rest.delimiter));
    const line = fc.oneof(
      { arbitrary: row(columns.length), weight: 20 },
      { arbitrary: row(columns.length - 1), weight: 1 },
      { arbitrary: row(columns.length + 1), weight: 1 },
      {
        arbitrary: fc.constantFrom(
          '',
          ' ',
          ' \t',
          '0',
          '0,0,0,0,',
          '# comment',
          '"',
          rest.delimiter.repeat(columns.length - 1),
        ),
        weight: 2,
      },
    );
    return fc
      .record({ columns: fc.constant(columns), lines: fc.array(line, { maxLength: 12 }) })
      .map(more => ({ side, ...rest, ...more }));
  });

/** The bytes of a made-up file. */
export function toBytes({
  columns,
  delimiter,
  lines,
  lineBreaks: breaks,
  bom,
  quotedHeader,
  lastLineBreak,
}: MadeCsv): Uint8Array {
  const quote = quotedHeader ? '"' : '';
  const header = columns
    .map(column => `${quote}${typeof column === 'number' ? `pixel${column}` : column}${quote}`)
    .join(delimiter);
  const all = [header, ...lines];
  const text = all
    .map((line, at) => line + (at === all.length - 1 && !lastLineBreak ? '' : breaks[at % breaks.length]!))
    .join('');
  return Buffer.from((bom ? '\ufeff' : '') + text);
}

/** A row as papaparse has it, or undefined for one that can't be read; `line` from 1 with the header. */
export interface PapaRow {
  readonly line: number;
  readonly row: ExpectedRow | undefined;
}

/** Reads a made-up file with papaparse alone. One entry a row. */
export function readWithPapaparse(csv: MadeCsv): readonly PapaRow[] {
  return readBytesWithPapaparse(toBytes(csv), csv);
}

/** The same of any bytes whose header says these columns. */
export function readBytesWithPapaparse(
  bytes: Uint8Array,
  { columns, delimiter }: Pick<MadeCsv, 'columns' | 'delimiter'>,
): readonly PapaRow[] {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
  return parseLines(text, delimiter)
    .map(({ values, text: line }, at) => ({ line: at + 1, values: values?.map(value => value.trim()), text: line }))
    .slice(1)
    .filter(line => !/^[ \t]*$/.test(delimiter === '\t' ? line.text.replaceAll('\t', 'x') : line.text))
    .map(({ line, values, text: whole }) => ({
      line,
      row: values && !whole.includes('\0') ? toRow(values, columns) : undefined,
    }));
}

/** All at once, as a table; line by line where quotation marks would take papaparse over the end of one. */
function parseLines(
  text: string,
  delimiter: string,
): readonly { readonly values: readonly string[] | undefined; readonly text: string }[] {
  const lines = text.split('\n');
  const isOdd = (line: string): boolean => (line.split('"').length - 1) % 2 === 1;
  // Each line has its line break, the last one too.
  const { data, errors } = Papa.parse<string[]>(`${text}\n`, { delimiter, newline: '\n' });
  if (data.length === lines.length + 1 && errors.every(error => error.type !== 'Quotes') && !lines.some(isOdd))
    return lines.map((line, at) => ({ values: data[at]!, text: line }));
  return lines.map(line => {
    const one = Papa.parse<string[]>(`${line}\n`, { delimiter, newline: '\n' });
    return {
      values: isOdd(line) || one.errors.some(error => error.type === 'Quotes') ? undefined : (one.data[0] ?? ['']),
      text: line,
    };
  });
}

function toRow(values: readonly string[], columns: readonly MadeColumn[]): ExpectedRow | undefined {
  if (values.length !== columns.length || values.some(value => value === '')) return undefined;
  const number = (text: string): number =>
    /^[+-]?[0-9]*\.?[0-9]*(e[+-]?[0-9]+)?$/i.test(text) && /^[^e]*[0-9]/i.test(text) ? Number(text) : NaN;
  let label = 0;
  let id = '';
  const pixels: number[] = [];
  for (const [at, column] of columns.entries()) {
    if (column === 'label') label = number(values[at]!);
    else if (column === 'id') id = values[at]!;
    else pixels[column] = number(values[at]!);
  }
  const readable =
    Number.isInteger(label) &&
    Math.abs(label) < 2 ** 31 &&
    !id.includes('\ufffd') &&
    pixels.every(value => Number.isInteger(value) && value >= 0 && value <= 255);
  return readable ? { label: label + 0, id, pixels: pixels.map(value => value + 0) } : undefined;
}

/** The text of a file with Kaggle's header; `rows` hold label and pixels. */
export function kaggleCsv(side: number, rows: readonly string[]): string {
  return `${['label', ...Array.from({ length: side * side }, (_, at) => `pixel${at}`)].join(',')}\n${rows.map(row => `${row}\n`).join('')}`;
}
