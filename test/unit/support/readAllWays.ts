import type { OpenPixelFile } from '../../../src/store/pixelFile/openPixelFile';
import { withPixelFile } from '../../../src/store/pixelFile/openPixelFile';
import type { PixelFormat, PixelRows } from '../../../src/core/csv/pixelFormat';
import { readAllRows, readPixelFile } from '../../../src/store/pixelFile/readPixelFile';
import { readRows } from '../../../src/host/pixelFiles/readRows';
import { buildRowIndex, emptyRowIndex } from '../../../src/store/pixelFile/rowIndex';
import { HEAD_BYTES, readHeader } from '../../../src/core/csv/header';
import { DigitsError } from '../../../src/core/errors';

/** What one reader made of a file: its images one by one and the rows it can't read, or its error. */
export type Outcome =
  | {
      readonly images: readonly ReadImage[];
      readonly problems: readonly { readonly row: number; readonly line: number; readonly message: string }[];
      readonly rows: number;
    }
  | { readonly code: string; readonly message: string };

export interface ReadImage {
  readonly row: number;
  readonly label: number | undefined;
  readonly id: string | undefined;
  readonly pixels: readonly number[];
}

const size = ({ side }: PixelFormat): number => side * side;

/** Rows as an {@link Outcome}. */
export function outcomeOf(
  format: PixelFormat,
  { pixels, labels, rowNumbers, ids, problems }: PixelRows,
  rows: number,
): Outcome {
  const images = Array.from(rowNumbers, (row, at) => ({
    row,
    label: labels?.[at],
    id: ids?.[at],
    pixels: [...pixels.subarray(at * size(format), (at + 1) * size(format))],
  }));
  return { images, problems: problems.map(({ row, line, message }) => ({ row, line, message })), rows };
}

/** A {@link DigitsError} as an {@link Outcome}; what else is thrown is a fault, and thrown on. */
export async function outcome(work: () => Promise<Outcome> | Outcome): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DigitsError)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** The whole file, as training, submission and evaluation read it. */
export function readWhole(file: string, blockBytes?: number): Promise<Outcome> {
  return outcome(async () => {
    const read = await readPixelFile(file, { blockBytes });
    return outcomeOf(read.format, read, read.rowCount);
  });
}

/** Its header, as a look for data sets reads it. */
export function readHeaderOf(file: string): Promise<Outcome> {
  return outcome(() => withPixelFile(file, async () => ({ images: [], problems: [], rows: 0 })));
}

/** All of its rows by the row index, as a preview reads them; `whileBuilding`: with what is known before the index is built. */
export function readByIndex(file: string, whileBuilding: boolean): Promise<Outcome> {
  return outcome(() =>
    withPixelFile(file, async opened => {
      const early = emptyRowIndex(opened.format);
      const index = await buildRowIndex(opened);
      return outcomeOf(opened.format, await readRows(opened, whileBuilding ? early : index, 1, index.rows), index.rows);
    }),
  );
}

/** How many rows it has, by the row index alone. */
export function countByIndex(file: string): Promise<Outcome> {
  return outcome(() =>
    withPixelFile(file, async opened => ({ images: [], problems: [], rows: (await buildRowIndex(opened)).rows })),
  );
}

/** The bytes of a file that is in memory alone, opened. Throws as readHeader does. */
export function openBytes(bytes: Uint8Array, name = 'train.csv'): OpenPixelFile {
  const read = async (buffer: Buffer, offset: number, length: number, position: number) => {
    const bytesRead = Math.max(0, Math.min(length, bytes.length - position));
    buffer.set(bytes.subarray(position, position + bytesRead), offset);
    return { bytesRead, buffer };
  };
  const stat = async () => ({ size: BigInt(bytes.length), mtimeNs: 0n });
  const size = bytes.length;
  return {
    name,
    format: readHeader(bytes.subarray(0, HEAD_BYTES), name, size),
    size,
    state: { size, written: 0n },
    handle: { read, stat } as unknown as OpenPixelFile['handle'],
  };
}

/** Bytes in memory, read in blocks of a size. */
export function readBytes(bytes: Uint8Array, blockBytes: number): Promise<Outcome> {
  return outcome(async () => {
    const source = openBytes(bytes);
    const rows = await readAllRows(source, { blockBytes });
    if (rows.rowCount === 0)
      throw new DigitsError(
        'empty-file',
        'train.csv has a header and no rows; download it again or choose another file.',
      );
    return outcomeOf(source.format, rows, rows.rowCount);
  });
}
