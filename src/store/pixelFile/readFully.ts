import type { FileHandle } from 'node:fs/promises';

/** Reads bytes of a file into all of `buffer`, or as many as it has from `position` on; one call of the system may give fewer. */
export async function readFully(handle: Pick<FileHandle, 'read'>, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
