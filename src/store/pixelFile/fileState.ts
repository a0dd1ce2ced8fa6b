import type { FileHandle } from 'node:fs/promises';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';

/** What tells whether a file was written since: its size in bytes, and when it was written last, in ns. */
export interface FileState {
  readonly size: number;
  readonly written: bigint;
}

/** The state of an open file. Throws file system errors as they are. */
export async function stateOf(handle: Pick<FileHandle, 'stat'>): Promise<FileState> {
  const { size, mtimeNs } = await handle.stat({ bigint: true });
  return { size: Number(size), written: mtimeNs };
}

/**
 * Does something with an open file. Throws `mismatch` where the file was written since it was opened: what was read of it
 * may be half old, half new. A file that took its place by its name is another one, and what is open is what it was.
 */
export async function whileUnchanged<T>(
  opened: { readonly handle: Pick<FileHandle, 'stat'>; readonly name: string; readonly state: FileState },
  work: () => Promise<T>,
): Promise<T> {
  const requireUnchanged = async (): Promise<void> => {
    const { size, written } = await stateOf(opened.handle);
    if (size === opened.state.size && written === opened.state.written) return;
    throw new DigitsError(
      'mismatch',
      sentence`${opened.name} changed while it was read; wait until it is written, then try again.`,
    );
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // What is wrong with a file that changed may be what was not yet written.
    if (!(error instanceof DigitsError && error.code === 'cancelled')) await requireUnchanged();
    throw error;
  }
  await requireUnchanged();
  return result;
}
