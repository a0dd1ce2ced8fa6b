import type { RowPlace } from '../../core/csv/irregularRow';
import type { PixelFormat, RowProblem } from '../../core/csv/pixelFormat';
import { RowParser } from '../../core/csv/rowParser';

/** Memory behind a line that a {@link RowParser} asks for. */
const SLACK = 8;
const LF = 10;

/** The image of one row. */
export interface TextRow {
  readonly pixels: Uint8Array;
  /** Undefined in a file without labels. */
  readonly label: number | undefined;
}

/** Reads one line of a pixel CSV that is text already, without its line break; undefined for a blank one. */
export function readTextRow(line: string, format: PixelFormat, place: RowPlace): TextRow | RowProblem | undefined {
  const length = Buffer.byteLength(line);
  const bytes = Buffer.alloc(length + 1 + SLACK);
  bytes.write(line);
  bytes[length] = LF;
  const parser = new RowParser(place.file, format, {
    startRow: place.row,
    startLine: place.line,
    first: place.row,
    count: 1,
    capacity: 1,
    maxProblems: 1,
  });
  parser.parse(bytes, 0, length + 1);
  const { pixels, labels, rowNumbers, problems } = parser.result();
  return rowNumbers.length === 0 ? problems[0] : { pixels, label: labels?.[0] };
}
