import fs from 'node:fs/promises';
import { decodeMetadata } from './safetensors';

/** More than any header of ours takes; the file may be no safetensors file at all. */
const MOST_HEADER_BYTES = 1 << 16;

/** What a safetensors file says of itself, from its header alone. Throws where there is none, or where it is no such file. */
export async function readMetadata(file: string): Promise<Readonly<Record<string, string>>> {
  const handle = await fs.open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_HEADER_BYTES), 0, MOST_HEADER_BYTES, 0);
    return decodeMetadata(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
