import { readRunFileStart } from './runFiles';
import { decodeMetadata } from '../../core/run/safetensors';

/** More than any header of ours takes; the file may be no safetensors file at all. */
const mostHeaderBytes = 1 << 16;

/** What a safetensors file of a run says of itself, from its header alone. Throws where there is none, or where it is no such file. */
export async function readMetadata(runFolder: string, name: string): Promise<Readonly<Record<string, string>>> {
  return decodeMetadata((await readRunFileStart(runFolder, name, mostHeaderBytes)) ?? new Uint8Array());
}
