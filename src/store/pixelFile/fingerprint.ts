import { createHash } from 'node:crypto';
import { constants, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from '../fileError';
import { readFully } from './readFully';

const SAMPLE_BYTES = 1 << 16;

/**
 * A short text that tells whether a file is still the same: its size and the SHA-256 of its first and last 64 KiB. It
 * costs one millisecond for any size, and does not notice an edit in the middle that keeps the size. Throws `read-failed`.
 */
export async function fingerprint(file: string): Promise<string> {
  let handle: FileHandle | undefined;
  try {
    // A pipe would wait for somebody who writes into it.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return await fingerprintOf(handle);
  } catch (error) {
    throw fileError('read', path.basename(file), error);
  } finally {
    await handle?.close();
  }
}

/** {@link fingerprint} of an open file. */
export async function fingerprintOf(handle: FileHandle): Promise<string> {
  const { size } = await handle.stat();
  const hash = createHash('sha256');
  for (const position of [0, Math.max(SAMPLE_BYTES, size - SAMPLE_BYTES)]) {
    hash.update(await readFully(handle, Buffer.alloc(SAMPLE_BYTES), position));
  }
  return `${size}-${hash.digest('hex')}`;
}
