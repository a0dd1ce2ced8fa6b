import { DigitsError } from '../errors';
import type { OpenPixelFile } from './openPixelFile';

/** Bytes read at a time. */
const BLOCK_BYTES = 1 << 20;

const LF = 10;
const CR = 13;
/** Memory behind the text of a block, so that eight bytes can be read at once anywhere in it. */
const SLACK = 16;
/** A row of pixels is never longer than this many bytes a column; a "line" that is ends the reading, not the memory. */
const LINE_BYTES_PER_COLUMN = 64;

export interface BlockOptions {
  /** The part of the file to read, in bytes. */
  readonly from: number;
  readonly to: number;
  /** Only tests set it. */
  readonly blockBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each block with the share of the part that was read, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Reads a part of a file in blocks and gives whole lines to `consume`, each with its line break; a last line without
 * one gets it. Ends early when `consume` returns false. While one block is consumed the next one is read. Throws
 * `cancelled`, and `bad-row` for a line that is no row of pixels by its length.
 */
export async function eachBlockOfLines(
  { handle, name, format }: OpenPixelFile,
  options: BlockOptions,
  consume: (bytes: Buffer, from: number, end: number) => boolean,
): Promise<void> {
  const blockBytes = Math.min(options.blockBytes ?? BLOCK_BYTES, options.to - options.from);
  const longest = Math.max(1 << 16, format.columns * LINE_BYTES_PER_COLUMN);
  // What is left of a block, the start of a line, moves to just before the next one: room for it is in front.
  const buffers = [0, 1].map(() => Buffer.allocUnsafe(longest + blockBytes + SLACK)) as [Buffer, Buffer];
  const read = async (buffer: Buffer, position: number): Promise<number> => {
    const { bytesRead } = await handle.read(buffer, longest, Math.min(blockBytes, options.to - position), position);
    return bytesRead;
  };

  let [current, next] = buffers;
  let position = options.from;
  let kept = 0;
  let reading = read(current, position);
  for (;;) {
    const bytesRead = await reading;
    if (options.signal?.aborted === true) throw new DigitsError('cancelled', `Reading ${name} was cancelled.`);
    position += bytesRead;
    const last = bytesRead === 0 || position >= options.to;
    if (!last) {
      reading = read(next, position);
      // An error is thrown where it is awaited; when the loop ends before, nobody needs to know.
      reading.catch(() => undefined);
    }

    const from = longest - kept;
    const end = longest + bytesRead;
    if (last) current[end] = LF;
    const linesEnd = last ? end + 1 : lastLineEnd(current, from, end);
    const wantsMore = consume(current, from, linesEnd);
    options.onProgress?.(options.to > options.from ? (position - options.from) / (options.to - options.from) : 1);
    if (last || !wantsMore) return;

    kept = end - linesEnd;
    if (kept > longest) {
      throw new DigitsError('bad-row', `${name} has a line near byte ${position - kept} that is far too long for ${format.columns} values; delete it or download the file again.`);
    }
    current.copy(next, longest - kept, linesEnd, end);
    [current, next] = [next, current];
  }
}

/** Where the last whole line ends. A CR that comes last may be half of a line break. */
function lastLineEnd(bytes: Buffer, from: number, end: number): number {
  const text = bytes.subarray(from, end);
  const lf = text.lastIndexOf(LF);
  const cr = text.subarray(0, -1).lastIndexOf(CR);
  return from + Math.max(lf, cr) + 1;
}
