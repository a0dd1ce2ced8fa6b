import os from 'node:os';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { eachBlockOfLines, type BlockSource } from './fileBlocks';
import { whileUnchanged } from './fileState';
import { fingerprintOf } from './fingerprint';
import { withPixelFile } from './openPixelFile';
import { leastRowBytes } from '../../core/csv/lineLength';
import type { PixelFile } from '../../core/csv/pixelFile';
import { RowParser, type ParsedRows } from '../../core/csv/rowParser';

export interface ReadOptions {
  /** Only the first so many rows of the file, rows with problems included. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called about once a megabyte with the share that was read, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Problems to keep, 1,000 unless said otherwise; all are counted. */
  readonly maxProblems?: number | undefined;
  /** False keeps no pixels, so that memory is for labels alone. */
  readonly keepPixels?: boolean | undefined;
  /** Only tests set it. */
  readonly blockBytes?: number | undefined;
}

/** Of each image beside its pixels: label and row number. */
const BYTES_BESIDE_PIXELS = 8;

/**
 * Reads the images of a pixel CSV. Throws `read-failed`, `empty-file` (no rows at all), `bad-header`, `bad-row` for a line
 * that is far too long, `mismatch` when the file changes meanwhile, and `cancelled`. Rows with problems throw nothing: there
 * may be no image in the result.
 */
export async function readPixelFile(file: string, options: ReadOptions = {}): Promise<PixelFile> {
  return withPixelFile(file, async opened => {
    const { handle, name, format } = opened;
    const [rows, fingerprint] = await whileUnchanged(opened, async () => {
      const stop = new AbortController();
      const reading = readAllRows(opened, options);
      reading.catch(() => stop.abort());
      const hashing = fingerprintOf(handle, stop.signal);
      // Both to their ends, since the file is closed then.
      await Promise.allSettled([reading, hashing]);
      return [await reading, await hashing] as const;
    });
    if (rows.rowCount === 0)
      throw new DigitsError(
        'empty-file',
        sentence`${name} has a header and no rows; download it again or choose another file.`,
      );
    return { ...rows, format, problemCount: rows.rowCount - rows.rowNumbers.length, fingerprint };
  });
}

/** All rows of an open file, or the first ones. Throws as {@link readPixelFile} does, and file system errors as they are. */
export async function readAllRows(
  source: BlockSource & { readonly size: number },
  options: ReadOptions = {},
): Promise<ParsedRows> {
  const { name, format, size } = source;
  const limit = options.limit ?? Infinity;
  // The last line break may be missing.
  const mostRows = Math.floor((size - format.dataOffset + 1) / leastRowBytes(format));
  const mostInMemory = Math.floor(
    memoryBytes() / ((options.keepPixels === false ? 0 : format.side ** 2) + BYTES_BESIDE_PIXELS),
  );
  const capacity = Math.min(limit, mostRows, mostInMemory);
  const parser = new RowParser(name, format, {
    startRow: 1,
    startLine: 2,
    first: 1,
    count: limit,
    capacity,
    maxProblems: options.maxProblems ?? 1000,
    keepPixels: options.keepPixels,
  });
  await eachBlockOfLines(
    source,
    { ...options, from: format.dataOffset, to: size, place: () => parser.place() },
    (bytes, from, end) => {
      parser.parse(bytes, from, end);
      return !parser.done;
    },
  );
  return parser.result();
}

/** What this process may have at most: of this machine, or of a container on it. */
function memoryBytes(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem();
}
