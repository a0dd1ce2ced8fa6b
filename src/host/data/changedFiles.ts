import path from 'node:path';
import type { ChangedFile } from '../../protocol/dataPanel';
import { fileChange } from '../pixelFiles/fileStamp';

/** A file at one moment. */
export interface StampedFile {
  readonly path: string;
  /** Differs once the file was written again. */
  readonly stamp: string;
}

/** The files that are no longer as they were `read`, and those that are new: `now` are the paths of the data set's files. */
export async function changedFiles(
  read: readonly StampedFile[],
  now: readonly string[],
): Promise<readonly ChangedFile[]> {
  const known = read.map(async ({ path: file, stamp }): Promise<ChangedFile | undefined> => {
    // One that is there and no longer of the data set, as after a change of the settings, is not what is read next.
    const change = (await fileChange(file, stamp)) ?? (now.includes(file) ? undefined : 'changed');
    return change && { name: path.basename(file), change };
  });
  const added = now
    .filter(file => !read.some(other => other.path === file))
    .map(file => ({ name: path.basename(file), change: 'new' as const }));
  return [...(await Promise.all(known)).filter(file => file !== undefined), ...added];
}
