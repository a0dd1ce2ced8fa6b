import { readIrregularRow } from './irregularRow';
import type { PixelFormat, PixelRows, RowProblem, RowProblemKind } from './pixelFormat';
import { IRREGULAR, PlainRow } from './plainRow';

/** Which rows to keep, and where the text given first stands in the file. */
export interface RowRange {
  /** Row and line of the first text given, both from 1. */
  readonly startRow: number;
  readonly startLine: number;
  /** The first row to keep, and how many at most. */
  readonly first: number;
  readonly count: number;
  /** Images to make room for; never more than `count`. */
  readonly capacity: number;
  /** Problems to keep; all are counted. */
  readonly maxProblems: number;
}

/** How many rows have a problem of each kind. */
export type ProblemCounts = Readonly<Record<RowProblemKind, number>>;

/** What a {@link RowParser} made of its text. */
export interface ParsedRows extends PixelRows {
  /** Rows met in the range, those with problems included. */
  readonly rowCount: number;
  readonly problemCounts: ProblemCounts;
  /** Values that are missing, of all rows with the right number of values. */
  readonly missingValues: number;
  readonly maxPixel: number;
}

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;

/**
 * Turns the lines of a pixel CSV into images. One line is one row; blank lines are no rows. Plain rows go through a byte
 * loop, all others through papaparse.
 */
export class RowParser {
  readonly #file: string;
  readonly #format: PixelFormat;
  readonly #range: RowRange;
  readonly #plain: PlainRow;
  readonly #size: number;
  readonly #pixels: Uint8Array;
  readonly #labels: Int32Array | undefined;
  readonly #rowNumbers: Uint32Array;
  readonly #ids: string[] | undefined;
  readonly #problems: RowProblem[] = [];
  readonly #problemCounts = { columns: 0, missing: 0, label: 0, pixel: 0, quotes: 0 };
  /** Row and line that come next. */
  #row: number;
  #line: number;
  #images = 0;
  #missingValues = 0;
  #maxPixel = 0;

  /** `file`: the name for messages. Throws a RangeError where memory for `capacity` images can't be had. */
  constructor(file: string, format: PixelFormat, range: RowRange) {
    this.#file = file;
    this.#format = format;
    this.#range = range;
    this.#plain = new PlainRow(format);
    this.#size = format.side * format.side;
    this.#pixels = new Uint8Array(range.capacity * this.#size);
    this.#labels = format.labelColumn === undefined ? undefined : new Int32Array(range.capacity);
    this.#rowNumbers = new Uint32Array(range.capacity);
    this.#ids = format.idColumn === undefined ? undefined : [];
    this.#row = range.startRow;
    this.#line = range.startLine;
  }

  /** The last row of the range was read. */
  get done(): boolean {
    return this.#row >= this.#range.first + this.#range.count;
  }

  /** Reads whole lines: `bytes[from, end)`, each with its line break, and at least 8 bytes of memory behind `end`. */
  parse(bytes: Buffer, from: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let pos = from;
    while (pos < end && !this.done) {
      const byte = bytes[pos]!;
      if (byte !== LF && byte !== CR) pos = this.#parseRow(bytes, view, pos, end);
      pos += bytes[pos] === CR && bytes[pos + 1] === LF ? 2 : 1;
      this.#line++;
    }
  }

  /** What was read so far. `pixels` is a view of the memory made for `capacity` images. */
  result(): ParsedRows {
    return {
      pixels: this.#pixels.subarray(0, this.#images * this.#size),
      labels: this.#labels?.slice(0, this.#images),
      rowNumbers: this.#rowNumbers.slice(0, this.#images),
      ids: this.#ids,
      problems: this.#problems,
      rowCount: Math.max(0, this.#row - Math.max(this.#range.first, this.#range.startRow)),
      problemCounts: this.#problemCounts,
      missingValues: this.#missingValues,
      maxPixel: this.#maxPixel,
    };
  }

  /** Reads one line that is not empty; returns where its line break is. */
  #parseRow(bytes: Buffer, view: DataView, from: number, end: number): number {
    if (this.#row < this.#range.first) {
      const lineEnd = findLineEnd(bytes, from, end);
      if (!isBlank(bytes, from, lineEnd, this.#format.delimiter)) this.#row++;
      return lineEnd;
    }
    const at = this.#images * this.#size;
    const plainEnd = this.#plain.read(bytes, view, from, this.#pixels, at);
    if (plainEnd !== IRREGULAR) {
      this.#keep(this.#plain.label, this.#plain.maxPixel);
      this.#ids?.push(bytes.toString('latin1', this.#plain.idStart, this.#plain.idEnd));
      this.#row++;
      return plainEnd;
    }

    const lineEnd = findLineEnd(bytes, from, end);
    this.#pixels.fill(0, at, at + this.#size);
    if (isBlank(bytes, from, lineEnd, this.#format.delimiter)) return lineEnd;
    const row = readIrregularRow(bytes.toString('utf8', from, lineEnd), this.#format, { file: this.#file, row: this.#row, line: this.#line });
    if ('problem' in row) {
      this.#problemCounts[row.problem.kind]++;
      this.#missingValues += row.missingValues;
      if (this.#problems.length < this.#range.maxProblems) this.#problems.push(row.problem);
    } else {
      this.#pixels.set(row.pixels, at);
      this.#ids?.push(row.id);
      this.#keep(row.label, row.pixels.reduce((max, value) => Math.max(max, value), 0));
    }
    this.#row++;
    return lineEnd;
  }

  #keep(label: number, maxPixel: number): void {
    if (this.#labels !== undefined) this.#labels[this.#images] = label;
    this.#rowNumbers[this.#images] = this.#row;
    if (maxPixel > this.#maxPixel) this.#maxPixel = maxPixel;
    this.#images++;
  }
}

/** A line of nothing but spaces, or tabs where they are no delimiters: no row. */
export function isBlank(bytes: Uint8Array, from: number, end: number, delimiter: string): boolean {
  for (let pos = from; pos < end; pos++) {
    const byte = bytes[pos];
    if (byte !== SPACE && (byte !== TAB || delimiter === '\t')) return false;
  }
  return true;
}

function findLineEnd(bytes: Uint8Array, from: number, end: number): number {
  let pos = from;
  while (pos < end && bytes[pos] !== LF && bytes[pos] !== CR) pos++;
  return pos;
}
