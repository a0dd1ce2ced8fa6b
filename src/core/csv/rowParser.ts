import { DigitsError } from '../errors';
import { isBlank } from './blankLine';
import { sentence } from '../sentence';
import { longestLine, tooLongLine, type LinePlace } from './lineLength';
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
  /** The most images to make room for, once there is a row; never more than `count`. */
  readonly capacity: number;
  /** Problems to keep; all are counted. */
  readonly maxProblems: number;
  /** False: rows are looked at and the result has no pixels. */
  readonly keepPixels?: boolean | undefined;
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

/** Bytes of pixels to make room for at first, where a file may have so many; the system gives them as they are used. */
const FIRST_MEMORY = 2 ** 31;
const LF = 10;
const CR = 13;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

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
  /** Bytes of pixels that are kept of an image. */
  readonly #kept: number;
  readonly #longest: number;
  /** Images that there is memory for, beside the one that is being read; none before the first row. */
  #room = -1;
  #pixels = new Uint8Array(0);
  #labels = new Int32Array(0);
  #rowNumbers = new Uint32Array(0);
  readonly #ids: string[] | undefined;
  readonly #problems: RowProblem[] = [];
  readonly #problemCounts = { columns: 0, missing: 0, label: 0, pixel: 0, quotes: 0, text: 0 };
  /** Row and line that come next. */
  #row: number;
  #line: number;
  #images = 0;
  #missingValues = 0;
  #maxPixel = 0;

  /** `file`: the name for messages. */
  constructor(file: string, format: PixelFormat, range: RowRange) {
    this.#file = file;
    this.#format = format;
    this.#range = range;
    this.#plain = new PlainRow(format);
    this.#size = format.side * format.side;
    this.#kept = range.keepPixels === false ? 0 : this.#size;
    this.#longest = longestLine(format);
    this.#ids = format.idColumn === undefined ? undefined : [];
    this.#row = range.startRow;
    this.#line = range.startLine;
  }

  /** The last row of the range was read. */
  get done(): boolean {
    return this.#row >= this.#range.first + this.#range.count;
  }

  /** Where the line stands that comes next. */
  place(): LinePlace {
    return { row: this.#row, line: this.#line };
  }

  /**
   * Reads whole lines: `bytes[from, end)`, each with its line break, and at least 8 bytes of memory behind `end`. Throws
   * {@link tooLongLine}, and `read-failed` where there is no memory for the images.
   */
  parse(bytes: Uint8Array, from: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let pos = from;
    while (pos < end && !this.done) {
      const byte = bytes[pos]!;
      if (byte !== LF && byte !== CR) pos = this.#parseLine(bytes, view, pos, end);
      pos += bytes[pos] === CR && bytes[pos + 1] === LF ? 2 : 1;
      this.#line++;
    }
  }

  /** What was read so far. `pixels` is a view of the memory made for `capacity` images. */
  result(): ParsedRows {
    return {
      pixels: this.#pixels.subarray(0, this.#images * this.#kept),
      labels: this.#format.labelColumn === undefined ? undefined : this.#labels.slice(0, this.#images),
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
  #parseLine(bytes: Uint8Array, view: DataView, from: number, end: number): number {
    if (this.#row < this.#range.first) {
      const lineEnd = this.#lineEnd(bytes, from, end);
      if (!isBlank(bytes, from, lineEnd, this.#format.delimiter)) this.#row++;
      return lineEnd;
    }
    this.#makeRoom();
    const at = this.#images * this.#kept;
    const plainEnd = this.#plain.read(bytes, view, from, this.#pixels, at);
    if (plainEnd !== IRREGULAR) {
      this.#requireLength(plainEnd - from);
      this.#keep(this.#plain.label, this.#plain.maxPixel);
      this.#ids?.push(latin1.decode(bytes.subarray(this.#plain.idStart, this.#plain.idEnd)));
      this.#row++;
      return plainEnd;
    }

    this.#pixels.fill(0, at, at + this.#size);
    const lineEnd = this.#lineEnd(bytes, from, end);
    if (isBlank(bytes, from, lineEnd, this.#format.delimiter)) return lineEnd;
    const row = readIrregularRow(utf8.decode(bytes.subarray(from, lineEnd)), this.#format, {
      file: this.#file,
      ...this.place(),
    });
    if ('problem' in row) {
      this.#problemCounts[row.problem.kind]++;
      this.#missingValues += row.missingValues;
      if (this.#problems.length < this.#range.maxProblems) this.#problems.push(row.problem);
    } else {
      this.#pixels.set(row.pixels, at);
      this.#ids?.push(row.id);
      this.#keep(
        row.label,
        row.pixels.reduce((max, value) => Math.max(max, value), 0),
      );
    }
    this.#row++;
    return lineEnd;
  }

  #keep(label: number, maxPixel: number): void {
    if (this.#images >= this.#range.capacity) throw this.#noMemory();
    if (this.#format.labelColumn !== undefined) this.#labels[this.#images] = label;
    this.#rowNumbers[this.#images] = this.#row;
    if (maxPixel > this.#maxPixel) this.#maxPixel = maxPixel;
    this.#images++;
  }

  /** Makes memory when a row needs it: what the size of a file promises may be no rows at all. */
  #makeRoom(): void {
    if (this.#images <= this.#room) return;
    const room = Math.min(this.#range.capacity, this.#room < 0 ? Math.ceil(FIRST_MEMORY / this.#size) : 2 * this.#room);
    try {
      this.#pixels = enlarged(this.#pixels, new Uint8Array(room * this.#kept + this.#size));
      this.#labels = enlarged(this.#labels, new Int32Array(this.#format.labelColumn === undefined ? 0 : room + 1));
      this.#rowNumbers = enlarged(this.#rowNumbers, new Uint32Array(room + 1));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw this.#noMemory(error.message);
    }
    this.#room = room;
  }

  #noMemory(detail?: string): DigitsError {
    const megabytes = Math.round((this.#range.capacity * this.#kept) / 2 ** 20);
    return new DigitsError(
      'read-failed',
      sentence`${this.#file} has too many images for this machine's memory (up to ${megabytes} MB); read only its first rows, or split the file.`,
      detail,
    );
  }

  #lineEnd(bytes: Uint8Array, from: number, end: number): number {
    let pos = from;
    while (pos < end && bytes[pos] !== LF && bytes[pos] !== CR) pos++;
    this.#requireLength(pos - from);
    return pos;
  }

  #requireLength(length: number): void {
    if (length > this.#longest) throw tooLongLine(this.#file, this.#format, this.place());
  }
}

function enlarged<T extends Uint8Array | Int32Array | Uint32Array>(old: T, memory: T): T {
  memory.set(old);
  return memory;
}
