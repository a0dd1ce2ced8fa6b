import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import type { PixelFormat } from './pixelFormat';

const LINE_BYTES_PER_COLUMN = 64;
const LINE_BYTES = 1 << 20;

/** Where a line stands in its file: the row that it is, and its number with the header counted. */
export interface LinePlace {
  readonly row: number;
  readonly line: number;
}

/** The most bytes that a line may have: many times what a row of pixels takes. */
export function longestLine({ columns }: PixelFormat): number {
  return Math.max(LINE_BYTES, columns * LINE_BYTES_PER_COLUMN);
}

/** The fewest bytes that an image takes with its line break: two a pixel, a digit and what ends it, and one for any other value, which may be empty. */
export function leastRowBytes({ columns, side }: PixelFormat): number {
  return columns + side ** 2;
}

/** What is thrown where a line is longer than {@link longestLine}: it is no row, and nobody knows where it ends. */
export function tooLongLine(name: string, format: PixelFormat, { row, line }: LinePlace): DigitsError {
  return new DigitsError(
    'bad-row',
    sentence`${name}, row ${row} (line ${line}) is far too long for ${format.columns} values; delete it, or download the file again.`,
  );
}
