import type { Stats } from 'node:fs';
import { access, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, writeFilesAtomic, type FileContent } from '../atomicFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fileError } from '../fileError';
import { openAtOnce } from '../openAtOnce';
import { homeOf } from './runPaths';

// Everything that is read or written of a run goes through here. Who gives away a folder with data may give it a folder of
// runs as well: nothing in that leads out of the data set's folder, and nothing of it is larger than a run's files are.

/** More than a run's files of numbers take: predictions, checkpoints and weights. */
const mostArrayBytes = 2 ** 31 - 1;

/** The content of a file of a run, by its name within the run's folder. Undefined where it is missing. Throws `read-failed`. */
export async function readRunFile(
  runFolder: string,
  name: string,
  mostBytes = mostArrayBytes,
): Promise<Buffer | undefined> {
  return withRunFile(runFolder, name, async (handle, { size }) => {
    if (size > mostBytes)
      throw new DigitsError(
        'read-failed',
        sentence`${path.join(runFolder, name)} is damaged; delete this run and train again.`,
        `${size} bytes`,
      );
    return handle.readFile();
  });
}

/** The first bytes of a file of a run, no more than `most`; otherwise as {@link readRunFile}. */
export async function readRunFileStart(runFolder: string, name: string, most: number): Promise<Buffer | undefined> {
  return withRunFile(runFolder, name, async handle => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  });
}

async function withRunFile<T>(
  runFolder: string,
  name: string,
  use: (handle: FileHandle, stats: Stats) => Promise<T>,
): Promise<T | undefined> {
  const file = path.join(runFolder, name);
  try {
    await requireOwn(homeOf(runFolder), file, 'read-failed');
    const handle = await openAtOnce(file);
    try {
      const stats = await handle.stat();
      if (!stats.isFile() && !stats.isDirectory())
        throw new DigitsError(
          'read-failed',
          sentence`${file} is a pipe or a device and no file; delete this run and train again.`,
        );
      return await use(handle, stats);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError('read', file, error);
  }
}

/** Replaces a file of a run, and makes its folder within the run's where there is none. Throws `write-failed` or `disk-full`, and `no-run` where the run is gone. */
export async function writeRunFile(runFolder: string, name: string, data: string | Uint8Array): Promise<void> {
  await writeRunFiles(runFolder, [[path.join(runFolder, name), data]]);
}

/** Replaces several files of a run, all or none; otherwise as {@link writeRunFile}. */
export async function writeRunFiles(runFolder: string, files: readonly FileContent[]): Promise<void> {
  for (const [file] of files) await requireOwnPlace(homeOf(runFolder), file);
  const folders = new Set(files.map(([file]) => path.dirname(file)));
  try {
    for (const folder of folders) if (folder !== runFolder) await makeFolder(folder);
    await writeFilesAtomic(files);
  } catch (error) {
    throw (await isGone(runFolder)) ? deletedRun(runFolder) : error;
  }
}

async function isGone(runFolder: string): Promise<boolean> {
  return access(runFolder).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR',
  );
}

/** What is told where the folder of a run goes while something is written to it: nothing of it is made again. */
function deletedRun(runFolder: string): DigitsError {
  const id = path.basename(runFolder);
  return new DigitsError('no-run', sentence`Run ${id} was deleted or renamed meanwhile; choose another run.`);
}

/** Throws `write-failed` where links lead from a place within a data set's folder to one elsewhere: nothing is written or deleted there. */
export async function requireOwnPlace(dataFolder: string, place: string): Promise<void> {
  await requireOwn(dataFolder, place, 'write-failed');
}

async function requireOwn(dataFolder: string, place: string, code: 'read-failed' | 'write-failed'): Promise<void> {
  const [home, target] = await Promise.all([whereIs(dataFolder), whereIs(place)]).catch((error: unknown) => {
    throw fileError(code === 'read-failed' ? 'read' : 'write', place, error);
  });
  if (target.startsWith(home.endsWith(path.sep) ? home : home + path.sep)) return;
  throw new DigitsError(
    code,
    sentence`${place} leads out of the folder of the data by a link; put a folder or a file in the place of the link.`,
    target,
  );
}

/** Where a place is once all links are followed, of what is there of it. */
export async function whereIs(place: string): Promise<string> {
  try {
    return await realpath(place);
  } catch (error) {
    const parent = path.dirname(place);
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || parent === place) throw error;
    return path.join(await whereIs(parent), path.basename(place));
  }
}
