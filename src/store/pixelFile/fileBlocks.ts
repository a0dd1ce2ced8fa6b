import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { OpenPixelFile } from './openPixelFile';
import { longestLine, tooLongLine, type LinePlace } from '../../core/csv/lineLength';

/** Bytes read at a time. */
const BLOCK_BYTES = 1 << 20;

const LF = 10;
const CR = 13;
/** Memory behind the text of a block, so that eight bytes can be read at once anywhere in it. */
const SLACK = 16;

/** What reading blocks needs of an open file. */
export type BlockSource = Pick<OpenPixelFile, 'name' | 'format'> & {
  readonly handle: Pick<OpenPixelFile['handle'], 'read'>;
};

export interface BlockOptions {
  /** The part of the file to read, in bytes. */
  readonly from: number;
  readonly to: number;
  /** Where the line stands that comes next, for messages: its row and line, both from 1. */
  readonly place: () => LinePlace;
  /** Only tests set it. */
  readonly blockBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each block with the share of the part that was read, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Reads a part of a file in blocks and gives whole lines to `consume`, each with its line break; a last line without
 * one gets it. Ends early when `consume` returns false. While one block is consumed the next one is read. Throws
 * `cancelled`, and {@link tooLongLine} where a line ends the reading rather than the memory; lines that come whole may be
 * too long as well, and `consume` is to look for them.
 */
export async function eachBlockOfLines(
  { handle, name, format }: BlockSource,
  options: BlockOptions,
  consume: (bytes: Buffer, from: number, end: number) => boolean,
): Promise<void> {
  const blockBytes = Math.max(Math.min(options.blockBytes ?? BLOCK_BYTES, options.to - options.from), 1);
  const longest = longestLine(format);
  // What is left of a block, the start of a line, moves to just before the next one: room for it is in front.
  const room = Math.min(longest + 1, Math.max(options.to - options.from, 0));
  const buffers = [0, 1].map(() => Buffer.allocUnsafe(room + blockBytes + SLACK)) as [Buffer, Buffer];
  const read = async (buffer: Buffer, position: number): Promise<number> => {
    const { bytesRead } = await handle.read(buffer, room, Math.min(blockBytes, options.to - position), position);
    return bytesRead;
  };

  let [current, next] = buffers;
  let position = options.from;
  let kept = 0;
  let reading = read(current, position);
  for (;;) {
    const bytesRead = await reading;
    if (options.signal?.aborted === true) throw new DigitsError('cancelled', sentence`Reading ${name} was cancelled.`);
    position += bytesRead;
    const last = bytesRead === 0 || position >= options.to;
    if (!last) {
      reading = read(next, position);
      // An error is thrown where it is awaited; when the loop ends before, nobody needs to know.
      reading.catch(() => undefined);
    }

    const from = room - kept;
    const end = room + bytesRead;
    if (last) current[end] = LF;
    const linesEnd = last ? end + 1 : lastLineEnd(current, from, end);
    const wantsMore = consume(current, from, linesEnd);
    options.onProgress?.(options.to > options.from ? (position - options.from) / (options.to - options.from) : 1);
    if (last || !wantsMore) return;

    kept = end - linesEnd;
    if (kept > 0 && kept - (current[end - 1] === CR ? 1 : 0) > longest)
      throw tooLongLine(name, format, options.place());
    current.copy(next, room - kept, linesEnd, end);
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
