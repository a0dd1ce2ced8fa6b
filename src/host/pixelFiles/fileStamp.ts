import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileChange } from '../../protocol/fileChange';
import { fileError, isMissing } from '../../store/fileError';

/** What tells one state of a file from another. Throws `read-failed`. */
export async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    throw fileError('read', path.basename(file), error);
  }
}

/** What became of a file since it had this stamp; undefined where it is as it was. */
export async function fileChange(file: string, stamp: string): Promise<FileChange | undefined> {
  try {
    return (await stampOf(file)) === stamp ? undefined : 'changed';
  } catch (error) {
    return isMissing(error) ? 'gone' : 'changed';
  }
}
