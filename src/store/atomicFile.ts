import { access, constants, lstat, mkdir, open, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { fileError } from './fileError';
import { removeTemporaryFiles, temporaryPath } from './leftovers';

// The one place that writes files: ESLint lets no other module of src/ do it.

/** A file's path and what it is to hold. */
export type FileContent = readonly [file: string, content: string | Uint8Array | Iterable<string>];

/**
 * Replaces a file as a whole: after a crash or a full disk it holds the old content or the new, never a part. Its folder
 * must exist. Parts of a text are written as they come, so that it is never in memory as a whole. Throws `write-failed` or
 * `disk-full`, and then leaves the old file as it was; so it does where the file is a link, because whoever made a folder may have it
 * lead anywhere.
 */
export function writeFileAtomic(file: string, content: FileContent[1]): Promise<void> {
  return writeFilesAtomic([[file, content]]);
}

/**
 * Replaces several files that belong together, in this order. What may fail for want of room is done for all of them before the first
 * is replaced: where one does not fit, all stay as they were. Throws as {@link writeFileAtomic} does.
 */
export async function writeFilesAtomic(files: readonly FileContent[]): Promise<void> {
  const written: { readonly file: string; readonly temporary: string; readonly target: string }[] = [];
  let replaced = 0;
  try {
    for (const [file, content] of files) {
      const { temporary, target } = await prepare(file, content);
      written.push({ file, temporary, target });
    }
    for (const { file, temporary, target } of written) {
      await renameOver(temporary, target).catch((error: unknown) => {
        throw fileError('write', path.basename(file), error);
      });
      replaced++;
      await syncFolder(path.dirname(target));
    }
  } catch (error) {
    await Promise.all(written.slice(replaced).map(({ temporary }) => unlink(temporary).catch(() => undefined)));
    throw error;
  }
}

/** Makes a file unless there is one of this name; says whether it did, to one alone of all that try at once. It shows before it is whole. */
export async function createFile(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError('write', path.basename(file), error);
  }
}

/** Makes a folder in one that is there; says whether it was not there before. Throws as {@link writeFileAtomic} does. */
export async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    await syncFolder(path.dirname(folder));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await isFolder(folder))) return false;
    throw fileError('write', folder, error);
  }
}

/** Makes a folder and those that it is in. Throws as {@link writeFileAtomic} does. */
export async function makeFolders(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (path.dirname(folder) !== folder) await makeFolders(path.dirname(folder));
  await makeFolder(folder);
}

/** Writes what a file is to hold beside it, down to the disk. */
async function prepare(
  file: string,
  content: FileContent[1],
): Promise<{ readonly temporary: string; readonly target: string }> {
  try {
    await refuseLink(file);
    const target = path.resolve(file);
    const mode = await replaceableMode(target);
    await removeTemporaryFiles(path.dirname(target));
    const temporary = temporaryPath(target);
    try {
      const handle = await open(temporary, 'wx', mode);
      try {
        await writeFile(handle, content);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
    return { temporary, target };
  } catch (error) {
    throw fileError('write', path.basename(file), error);
  }
}

/** Throws `write-failed` where a file or folder that is to be written is a link. */
export async function refuseLink(place: string): Promise<void> {
  const isLink = await lstat(place).then(
    stats => stats.isSymbolicLink(),
    () => false,
  );
  if (isLink)
    throw new DigitsError(
      'write-failed',
      sentence`${path.basename(place)} is a link, and Digits writes through none; name the place that it leads to, or delete the link.`,
    );
}

/** Throws what {@link writeFileAtomic} would throw for want of leave to replace what is there, before there is anything to write. */
export async function requireReplaceable(file: string): Promise<void> {
  try {
    await refuseLink(file);
    await replaceableMode(path.resolve(file));
  } catch (error) {
    throw fileError('write', path.basename(file), error);
  }
}

/** The permissions that a file keeps. Throws for what is no regular file, and for what its owner does not want written: a rename would not ask. */
async function replaceableMode(target: string): Promise<number> {
  const old = await stat(target).catch(() => undefined);
  if (!old) return 0o666;
  if (old.isDirectory()) throw Object.assign(new Error(`EISDIR: ${target} is a folder`), { code: 'EISDIR' });
  if (!old.isFile())
    throw new DigitsError(
      'write-failed',
      sentence`${path.basename(target)} is a device, a pipe or a socket, and Digits replaces files only; name a file.`,
    );
  await access(target, constants.W_OK);
  return old.mode & 0o777;
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    found => found.isDirectory(),
    () => false,
  );
}

/** On Windows a virus scanner or a reader may hold the old file for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  const pauses = process.platform === 'win32' ? [10, 50, 100, 250, 500, 1000] : [];
  for (const pause of pauses) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await wait(pause);
    }
  }
  await rename(from, to);
}

/** Makes new names last through a power cut, where the system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Windows and some network file systems can't; the file itself is whole.
  } finally {
    await handle?.close();
  }
}
