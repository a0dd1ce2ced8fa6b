import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { DigitsError, fileError } from '../errors';
import { HEAD_BYTES, readHeader } from './header';
import type { PixelFormat } from './pixelFormat';

/** Enough for the header of images up to 64x64, so that looking at many files stays cheap. */
const FIRST_BYTES = 1 << 16;

/** The start of a file: up to its first line break or a little more, HEAD_BYTES at most. */
export async function readHead(handle: FileHandle): Promise<Uint8Array> {
  for (const bytes of [FIRST_BYTES, HEAD_BYTES]) {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
    const head = buffer.subarray(0, bytesRead);
    // A CR that comes last may be half of a line break.
    const breaks = head.includes(10) || head.subarray(0, -1).includes(13);
    if (breaks || bytesRead < bytes || bytes === HEAD_BYTES) return head;
  }
  throw new Error('unreachable');
}

/** Reads the header of a file. Throws `read-failed`, `empty-file` or `bad-header`. */
export async function readFormat(file: string): Promise<PixelFormat> {
  return withPixelFile(file, async (_, format) => format);
}

/**
 * Opens a file, reads its header, and closes it when `use` is through. What fails is thrown as a DigitsError that names
 * the file.
 */
export async function withPixelFile<T>(file: string, use: (handle: FileHandle, format: PixelFormat) => Promise<T>): Promise<T> {
  const name = path.basename(file);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    if ((await handle.stat()).isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    return await use(handle, readHeader(await readHead(handle), name));
  } catch (error) {
    if (error instanceof DigitsError || !(error instanceof Error) || !('code' in error)) throw error;
    throw fileError('read', name, error);
  } finally {
    await handle?.close();
  }
}
