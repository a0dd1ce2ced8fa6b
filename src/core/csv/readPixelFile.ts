import type { FileHandle } from 'node:fs/promises';
import { DigitsError } from '../errors';
import { eachBlockOfLines } from './fileBlocks';
import { fingerprintOf } from './fingerprint';
import { withPixelFile } from './openPixelFile';
import type { PixelFormat } from './pixelFormat';
import { RowParser, type ParsedRows } from './rowParser';

export interface ReadOptions {
  /** Only the first so many rows of the file, rows with problems included. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called about once a megabyte with the share that was read, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Problems to keep, 1,000 unless said otherwise; all are counted. */
  readonly maxProblems?: number | undefined;
  /** Only tests set it. */
  readonly blockBytes?: number | undefined;
}

/** A pixel CSV in memory. */
export interface PixelFile extends ParsedRows {
  readonly format: PixelFormat;
  /** Rows with problems, those that `problems` has no room for included. */
  readonly problemCount: number;
  /** See {@link fingerprint}. */
  readonly fingerprint: string;
}

/**
 * Reads the images of a pixel CSV. Throws `read-failed`, `empty-file` (no rows at all), `bad-header`, `mismatch` when the
 * file changes meanwhile, and `cancelled`. Rows with problems throw nothing: there may be no image in the result.
 */
export async function readPixelFile(file: string, options: ReadOptions = {}): Promise<PixelFile> {
  return withPixelFile(file, async opened => {
    const { handle, name, format, size } = opened;
    const before = await handle.stat();
    const fingerprint = await fingerprintOf(handle);
    const parser = makeParser(name, format, size, options);
    await eachBlockOfLines(opened, { ...options, from: format.dataOffset, to: size }, (bytes, from, end) => {
      parser.parse(bytes, from, end);
      return !parser.done;
    });
    await checkUnchanged(handle, before, name);

    const rows = parser.result();
    if (rows.rowCount === 0) throw new DigitsError('empty-file', `${name} has a header and no rows; download it again or choose another file.`);
    return { ...rows, format, problemCount: rows.rowCount - rows.rowNumbers.length, fingerprint };
  });
}

function makeParser(name: string, format: PixelFormat, size: number, options: ReadOptions): RowParser {
  const limit = options.limit ?? Infinity;
  // A value takes two bytes at least, one digit and a delimiter or line break; the last line break may be missing.
  const mostRows = Math.floor((size - format.dataOffset + 1) / (2 * format.columns));
  const range = { startRow: 1, startLine: 2, first: 1, count: limit, capacity: Math.min(limit, mostRows), maxProblems: options.maxProblems ?? 1000 };
  try {
    return new RowParser(name, format, range);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const megabytes = Math.round((range.capacity * format.side ** 2) / 2 ** 20);
    throw new DigitsError('read-failed', `${name} has too many images for this machine's memory (up to ${megabytes} MB); read only its first rows, or split the file.`, error.message);
  }
}

async function checkUnchanged(handle: FileHandle, before: { readonly size: number; readonly mtimeMs: number }, name: string): Promise<void> {
  const after = await handle.stat();
  if (after.size === before.size && after.mtimeMs === before.mtimeMs) return;
  throw new DigitsError('mismatch', `${name} changed while it was read; wait until it is written, then try again.`);
}
