import { fullInk } from '../../core/data/fullInk';
import { inkPng } from './png';
import { count } from '../../core/text';
import type { RowPlace } from '../../core/csv/irregularRow';
import type { PixelFormat } from '../../core/csv/pixelFormat';
import { readTextRow } from './readTextRow';

/** CSS pixels that a picture is wide, about. */
const WIDTH = 140;
/** Of larger images, twice as many pixels would make a file that VS Code cuts off. */
const LARGE = 128;

/** A row of a CSV for readers of the text. */
export interface RowPicture {
  /** "Label 7, row 12 (line 13)", or why there is no picture. */
  readonly words: string;
  readonly image: { readonly png: Uint8Array; /** In CSS pixels. */ readonly width: number } | undefined;
}

/** Draws one line of a pixel CSV, black ink on white paper; undefined for a blank one. */
export function rowPicture(line: string, format: PixelFormat, place: RowPlace): RowPicture | undefined {
  const row = readTextRow(line, format, place);
  if (!row) return undefined;
  if ('kind' in row) return { words: row.message, image: undefined };
  const { side } = format;
  // Two pixels for one, so that it is crisp where a CSS pixel is more than one of the screen's.
  const pixelRatio = side > LARGE ? 1 : 2;
  const factor = pixelRatio * Math.max(1, Math.round(WIDTH / side));
  const ink = fullInk(row.pixels.reduce((max, value) => Math.max(max, value), 0));
  const where = `row ${count(place.row)} (line ${count(place.line)})`;
  return {
    words: row.label === undefined ? where.replace('row', 'Row') : `Label ${row.label}, ${where}`,
    image: { png: inkPng(row.pixels, side, ink, factor), width: (side * factor) / pixelRatio },
  };
}
