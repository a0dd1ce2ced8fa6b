import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readPixelFile } from '../pixelFile/readPixelFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fileError } from '../fileError';
import {
  duplicatesOf,
  fileFacts,
  type DataFacts,
  type DataFile,
  type FactsProgress,
  type FileFacts,
  type FileFailure,
  type LoadedFile,
} from '../../core/data/dataFacts';

export interface FactsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FactsProgress) => void) | undefined;
}

/** What of the time goes into reading, about. */
const READING = 0.9;

/**
 * Reads the files of a data set and finds out what they hold; all of their images are in memory meanwhile. What is wrong with a
 * file as a whole stands in its place. Throws `cancelled`, and `mismatch` where the files have images of different sizes.
 */
export async function readDataFacts(
  files: readonly DataFile[],
  { signal, onProgress }: FactsOptions = {},
): Promise<DataFacts> {
  const sizes = await Promise.all(
    files.map(({ path: file }) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const loaded: LoadedFile[] = [];
  const facts: (FileFacts | FileFailure)[] = [];
  let done = 0;
  for (const [index, { role, path: file }] of files.entries()) {
    const name = path.basename(file);
    const before = done;
    done += sizes[index]!;
    const tell = (share: number): void =>
      onProgress?.({ phase: 'reading', file: name, share: (READING * (before + share * sizes[index]!)) / total });
    try {
      tell(0);
      const read = { role, name, file: await readPixelFile(file, { signal, onProgress: tell }) };
      facts.push(fileFacts(read));
      loaded.push(read);
    } catch (error) {
      const { code, message } = worded(error, name);
      if (code === 'cancelled') throw error;
      facts.push({ role, name, code, message });
    }
  }

  requireSameSide(loaded);
  onProgress?.({ phase: 'comparing', share: READING });
  return { files: facts, duplicates: duplicatesOf(loaded) };
}

/** What is wrong with a file; throws what is a fault in Digits. */
function worded(error: unknown, name: string): DigitsError {
  if (error instanceof DigitsError) return error;
  if (error instanceof Error && 'syscall' in error) return fileError('read', name, error);
  throw error;
}

/** A data set has images of one size when it is found; a file may have been written since. */
function requireSameSide([one, other]: readonly LoadedFile[]): void {
  if (!one || !other) return;
  const [a, b] = [one.file.format.side, other.file.format.side];
  if (a === b) return;
  throw new DigitsError(
    'mismatch',
    sentence`${other.name} has images of ${b}x${b} pixels and ${one.name} of ${a}x${a}; put files that belong together in one folder.`,
  );
}
