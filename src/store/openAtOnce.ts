import { constants, open, type FileHandle } from 'node:fs/promises';

/** Opens a file for reading, at once: a pipe would wait for somebody who writes into it. Throws file system errors as they are. */
export function openAtOnce(file: string): Promise<FileHandle> {
  return open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}
