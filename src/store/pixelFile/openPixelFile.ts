import { lstat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fileError } from '../fileError';
import { openAtOnce } from '../openAtOnce';
import { printable } from '../../core/printable';
import { stateOf, whileUnchanged, type FileState } from './fileState';
import { HEAD_BYTES, readHeader } from '../../core/csv/header';
import type { PixelFormat } from '../../core/csv/pixelFormat';
import { readFully } from './readFully';

/** A pixel CSV that is open for reading; who opened it closes its handle. */
export interface OpenPixelFile {
  readonly handle: FileHandle;
  /** Without its folder, for messages. */
  readonly name: string;
  readonly format: PixelFormat;
  /** In bytes, when it was opened. */
  readonly size: number;
  readonly state: FileState;
}

/** Enough for the header of images up to 64x64, so that looking at many files stays cheap. */
const FIRST_BYTES = 1 << 16;
/** Longer than a file system takes. */
const NAME_LENGTH = 255;
const LF = 10;
const CR = 13;

/** Opens a file and reads its header. Throws `read-failed`, `empty-file` or `bad-header`. */
export async function openPixelFile(file: string): Promise<OpenPixelFile> {
  const name = printable(path.basename(file), NAME_LENGTH);
  try {
    const handle = await openAtOnce(file);
    try {
      await requireRegular(handle, name);
      const state = await stateOf(handle);
      const format = await whileUnchanged({ handle, name, state }, async () =>
        readHeader(await readHead(handle), name, state.size),
      );
      return { handle, name, format, size: state.size, state };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw (await danglingLink(file, name, error)) ?? worded(name, error);
  }
}

/** Opens a file for as long as `use` takes. File system errors in it are thrown as sentences about the file. */
export async function withPixelFile<T>(file: string, use: (opened: OpenPixelFile) => Promise<T>): Promise<T> {
  const opened = await openPixelFile(file);
  try {
    return await use(opened);
  } catch (error) {
    throw worded(opened.name, error);
  } finally {
    await opened.handle.close();
  }
}

/** The header of a file. Throws `read-failed`, `empty-file` or `bad-header`. */
export async function readFormat(file: string): Promise<PixelFormat> {
  return withPixelFile(file, async opened => opened.format);
}

/** A file system error as a sentence about the file; other errors as they are. */
function worded(name: string, error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? fileError('read', name, error) : error;
}

async function requireRegular(handle: FileHandle, name: string): Promise<void> {
  const stat = await handle.stat();
  if (stat.isFile()) return;
  if (stat.isDirectory()) throw Object.assign(new Error(`${name} is a directory`), { code: 'EISDIR', syscall: 'read' });
  throw new DigitsError('read-failed', sentence`${name} is a pipe or a device and no file; choose a file.`);
}

/** Where a file is missing that a link leads to, a sentence that says so. */
async function danglingLink(file: string, name: string, error: unknown): Promise<DigitsError | undefined> {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'ELOOP') return undefined;
  const isLink = await lstat(file).then(
    stat => stat.isSymbolicLink(),
    () => false,
  );
  return isLink
    ? new DigitsError(
        'read-failed',
        sentence`${name} is a link that points to a missing file; fix the link, or put the file in its place.`,
        String(error),
      )
    : undefined;
}

/** The start of a file: its first line, or HEAD_BYTES where that is longer. */
async function readHead(handle: FileHandle): Promise<Uint8Array> {
  const first = await readFully(handle, Buffer.alloc(FIRST_BYTES), 0);
  // A CR that comes last may be half of a line break.
  const holdsLine = first.includes(LF) || first.subarray(0, -1).includes(CR);
  return holdsLine || first.length < FIRST_BYTES ? first : readFully(handle, Buffer.alloc(HEAD_BYTES), 0);
}
