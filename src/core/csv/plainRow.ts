import type { PixelFormat } from './pixelFormat';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const LAST_ASCII = 126;

/** What {@link PlainRow.read} returns for a row that is not plain. */
export const IRREGULAR = -1;

/**
 * Reads rows of plain digits and delimiters, byte by byte: nearly all rows of nearly all files. Everything else (spaces,
 * quotes, signs, decimal points, a wrong number of values, values above 255) is left to papaparse.
 */
export class PlainRow {
  /** Of the row read last. */
  label = 0;
  idStart = 0;
  idEnd = 0;
  /** The highest pixel of the row read last. */
  maxPixel = 0;

  readonly #delimiter: number;
  readonly #columns: number;
  readonly #labelColumn: number;
  readonly #idColumn: number;
  readonly #firstPixel: number;
  readonly #pixels: number;
  readonly #pixelOfColumn: readonly number[] | undefined;
  /** Four pixels of zero with their delimiters, "0,0,0,0,", as the eight bytes of a number. */
  readonly #fourZeros: number;
  #number = 0;

  constructor(format: PixelFormat) {
    this.#delimiter = format.delimiter.charCodeAt(0);
    this.#columns = format.columns;
    this.#labelColumn = format.labelColumn ?? -1;
    this.#idColumn = format.idColumn ?? -1;
    this.#firstPixel = format.firstPixel;
    this.#pixels = format.side * format.side;
    this.#pixelOfColumn = format.pixelOfColumn;
    this.#fourZeros = new DataView(new TextEncoder().encode(`0${format.delimiter}`.repeat(4)).buffer).getFloat64(
      0,
      true,
    );
  }

  /**
   * Reads the row at `from` into `pixels` at `at`, where they are zero before. The row must end with a line break, and
   * `view`, which shows the same memory as `bytes`, must reach 8 bytes beyond it. Returns where the line break is, or
   * IRREGULAR.
   */
  read(bytes: Uint8Array, view: DataView, from: number, pixels: Uint8Array, at: number): number {
    if (this.#pixelOfColumn !== undefined) return this.#readAnyOrder(this.#pixelOfColumn, bytes, from, pixels, at);
    let pos = from;
    for (let column = 0; column < this.#firstPixel; column++) {
      pos = this.#field(bytes, pos, column);
      if (pos === IRREGULAR || bytes[pos] !== this.#delimiter) return IRREGULAR;
      pos++;
    }
    pos = this.#readPixels(bytes, view, pos, pixels, at);
    for (let column = this.#firstPixel + this.#pixels; pos !== IRREGULAR && column < this.#columns; column++) {
      pos = this.#field(bytes, pos, column);
      if (pos === IRREGULAR || column === this.#columns - 1) break;
      pos = bytes[pos] === this.#delimiter ? pos + 1 : IRREGULAR;
    }
    return pos !== IRREGULAR && (bytes[pos] === LF || bytes[pos] === CR) ? pos : IRREGULAR;
  }

  /** Reads a row whose pixels are not side by side in order. */
  #readAnyOrder(
    pixelOfColumn: readonly number[],
    bytes: Uint8Array,
    from: number,
    pixels: Uint8Array,
    at: number,
  ): number {
    let max = 0;
    let pos = from;
    for (let column = 0; column < this.#columns; column++, pos++) {
      const pixel = pixelOfColumn[column]!;
      pos = pixel < 0 ? this.#field(bytes, pos, column) : this.#wholeNumber(bytes, pos);
      if (pos === IRREGULAR || (column < this.#columns - 1 && bytes[pos] !== this.#delimiter)) return IRREGULAR;
      if (pixel < 0) continue;
      if (this.#number > 255) return IRREGULAR;
      pixels[at + pixel] = this.#number;
      if (this.#number > max) max = this.#number;
    }
    this.maxPixel = max;
    const end = pos - 1;
    return bytes[end] === LF || bytes[end] === CR ? end : IRREGULAR;
  }

  /** Returns the place behind the pixels: the next column, or the line break. */
  #readPixels(bytes: Uint8Array, view: DataView, from: number, pixels: Uint8Array, at: number): number {
    // Most pixels are zero, and the target is zero already: four of them are passed over with one comparison. A pixel
    // that ends the row has no delimiter behind it and is read by itself.
    const delimiter = this.#delimiter;
    const fourZeros = this.#fourZeros;
    const endsRow = this.#firstPixel + this.#pixels === this.#columns;
    const stop = at + this.#pixels - (endsRow ? 1 : 0);
    const stopFour = stop - 4;
    let max = 0;
    let pos = from;
    let pixel = at;
    while (pixel < stop) {
      if (pixel <= stopFour && view.getFloat64(pos, true) === fourZeros) {
        pos += 8;
        pixel += 4;
        continue;
      }
      let value = bytes[pos]! - DIGIT_0;
      if (value < 0 || value > 9) return IRREGULAR;
      let next = bytes[++pos]!;
      if (next !== delimiter) {
        if (next < DIGIT_0 || next > DIGIT_9) return IRREGULAR;
        value = value * 10 + next - DIGIT_0;
        next = bytes[++pos]!;
        if (next !== delimiter) {
          if (next < DIGIT_0 || next > DIGIT_9) return IRREGULAR;
          value = value * 10 + next - DIGIT_0;
          if (value > 255 || bytes[++pos] !== delimiter) return IRREGULAR;
        }
      }
      if (value > max) max = value;
      pos++;
      pixels[pixel++] = value;
    }
    if (endsRow) {
      pos = this.#wholeNumber(bytes, pos);
      if (pos === IRREGULAR || this.#number > 255) return IRREGULAR;
      pixels[pixel] = this.#number;
      if (this.#number > max) max = this.#number;
    }
    this.maxPixel = max;
    return pos;
  }

  /** Reads a column that is no pixel; returns the place behind it. */
  #field(bytes: Uint8Array, from: number, column: number): number {
    if (column === this.#labelColumn) {
      const end = this.#wholeNumber(bytes, from);
      this.label = this.#number;
      return end;
    }
    let pos = from;
    let byte = bytes[pos]!;
    while (byte !== this.#delimiter && byte !== LF && byte !== CR) {
      if (byte <= SPACE || byte > LAST_ASCII || byte === QUOTE) return IRREGULAR;
      byte = bytes[++pos]!;
    }
    if (column === this.#idColumn) {
      if (pos === from) return IRREGULAR;
      this.idStart = from;
      this.idEnd = pos;
    }
    return pos;
  }

  /** Reads one to nine digits into #number; returns the place behind them. */
  #wholeNumber(bytes: Uint8Array, from: number): number {
    let value = 0;
    let pos = from;
    for (let byte = bytes[pos]!; byte >= DIGIT_0 && byte <= DIGIT_9; byte = bytes[++pos]!)
      value = value * 10 + byte - DIGIT_0;
    this.#number = value;
    return pos === from || pos > from + 9 ? IRREGULAR : pos;
  }
}
