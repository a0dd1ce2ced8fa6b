import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from '../errors';
import { HEAD_BYTES, readHeader } from './header';
import type { PixelFormat } from './pixelFormat';

/** A pixel CSV that is open for reading; who opened it closes its handle. */
export interface OpenPixelFile {
  readonly handle: FileHandle;
  /** Without its folder, for messages. */
  readonly name: string;
  readonly format: PixelFormat;
  /** In bytes, when it was opened. */
  readonly size: number;
}

/** Enough for the header of images up to 64x64, so that looking at many files stays cheap. */
const FIRST_BYTES = 1 << 16;
const LF = 10;
const CR = 13;

/** Opens a file and reads its header. Throws `read-failed`, `empty-file` or `bad-header`. */
export async function openPixelFile(file: string): Promise<OpenPixelFile> {
  const name = path.basename(file);
  return naming(name, async () => {
    const handle = await open(file, 'r');
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) throw Object.assign(new Error(`${file} is a directory`), { code: 'EISDIR', syscall: 'read' });
      return { handle, name, format: readHeader(await readHead(handle), name), size: stat.size };
    } catch (error) {
      await handle.close();
      throw error;
    }
  });
}

/** Opens a file for as long as `use` takes. File system errors in it are thrown as sentences about the file. */
export async function withPixelFile<T>(file: string, use: (opened: OpenPixelFile) => Promise<T>): Promise<T> {
  const opened = await openPixelFile(file);
  try {
    return await naming(opened.name, () => use(opened));
  } finally {
    await opened.handle.close();
  }
}

/** The header of a file. Throws `read-failed`, `empty-file` or `bad-header`. */
export async function readFormat(file: string): Promise<PixelFormat> {
  return withPixelFile(file, async opened => opened.format);
}

/** Runs `work`; a file system error of it becomes a sentence about the file. */
async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? fileError('read', name, error) : error;
  }
}

/** The start of a file: its first line, or HEAD_BYTES where that is longer. */
async function readHead(handle: FileHandle): Promise<Uint8Array> {
  const first = await readStart(handle, FIRST_BYTES);
  // A CR that comes last may be half of a line break.
  const holdsLine = first.includes(LF) || first.subarray(0, -1).includes(CR);
  return holdsLine || first.length < FIRST_BYTES ? first : readStart(handle, HEAD_BYTES);
}

async function readStart(handle: FileHandle, bytes: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}
