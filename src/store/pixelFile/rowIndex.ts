import { eachBlockOfLines } from './fileBlocks';
import { longestLine, tooLongLine, type LinePlace } from '../../core/csv/lineLength';
import { whileUnchanged } from './fileState';
import type { OpenPixelFile } from './openPixelFile';
import type { PixelFormat } from '../../core/csv/pixelFormat';
import { isBlank } from '../../core/csv/blankLine';

/** Every so many rows the index notes where one begins. */
export const ROWS_PER_MARK = 64;

/** Where the rows of a file are. It grows while it is built, and can be used all the while. */
export interface RowIndex {
  /** Rows found so far, blank lines apart. */
  readonly rows: number;
  /** How much of the file was looked at, 0 to 1. */
  readonly share: number;
  /** In bytes from the start of the file: where row 1 begins, row 65, row 129 and so on. */
  readonly offsets: readonly number[];
  /** The lines of these rows, counted from 1 with the header. */
  readonly lines: readonly number[];
}

export interface IndexOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called about once a megabyte with the index so far, always the same object. */
  readonly onProgress?: ((index: RowIndex) => void) | undefined;
  /** Only tests set it. */
  readonly blockBytes?: number | undefined;
}

const LF = 10;
const CR = 13;

/** An index of which nothing is known yet: rows are found by reading from the start. */
export function emptyRowIndex(format: PixelFormat): RowIndex {
  return { rows: 0, share: 0, offsets: [format.dataOffset], lines: [2] };
}

/**
 * Finds the rows of a file without reading their values. Throws `cancelled`, `bad-row` for a line that is far too long,
 * `mismatch` where the file was written since it was opened, and file system errors as they are.
 */
export async function buildRowIndex(opened: OpenPixelFile, options: IndexOptions = {}): Promise<RowIndex> {
  const { format, name, size } = opened;
  const index = { rows: 0, share: 0, offsets: [format.dataOffset], lines: [2] };
  const longest = longestLine(format);
  let offset = format.dataOffset;
  let line = 2;
  const place = (): LinePlace => ({ row: index.rows + 1, line });
  const consume = (bytes: Buffer, from: number, end: number): boolean => {
    const text = bytes.subarray(from, end);
    eachLine(text, (start, stop) => {
      if (stop - start > longest) throw tooLongLine(name, format, place());
      if (!isBlank(text, start, stop, format.delimiter)) {
        if (index.rows % ROWS_PER_MARK === 0) {
          const mark = index.rows / ROWS_PER_MARK;
          index.offsets[mark] = offset + start;
          index.lines[mark] = line;
        }
        index.rows++;
      }
      line++;
    });
    offset += text.length;
    return true;
  };
  const onProgress = (share: number): void => {
    index.share = share;
    options.onProgress?.(index);
  };
  await whileUnchanged(opened, () =>
    eachBlockOfLines(opened, { ...options, from: offset, to: size, place, onProgress }, consume),
  );
  return index;
}

/** Finds line ends with the search of the system's library, many times as fast as looking at each byte. */
function eachLine(text: Buffer, use: (start: number, end: number) => void): void {
  const find = (byte: number, from: number): number => {
    const at = text.indexOf(byte, from);
    return at < 0 ? text.length : at;
  };
  let start = 0;
  let lf = find(LF, 0);
  let cr = find(CR, 0);
  while (start < text.length) {
    const end = Math.min(lf, cr);
    use(start, end);
    start = end === cr && lf === cr + 1 ? end + 2 : end + 1;
    if (lf < start) lf = find(LF, start);
    if (cr < start) cr = find(CR, start);
  }
}
