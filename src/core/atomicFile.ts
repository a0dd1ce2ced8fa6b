import { randomBytes } from 'node:crypto';
import { open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileError } from './errors';

/**
 * Replaces a file as a whole: after a crash or a full disk it holds the old content or the new, never a part. Its folder
 * must exist. Parts of a text are written as they come, so that it is never in memory as a whole. Throws `write-failed` or `disk-full`, and then leaves the old file as it was.
 */
export async function writeFileAtomic(file: string, data: string | Uint8Array | Iterable<string>): Promise<void> {
  try {
    // A link stays a link: its target is what is replaced.
    const target = await realpath(file).catch(() => path.resolve(file));
    await replace(target, data);
  } catch (error) {
    throw fileError('write', path.basename(file), error);
  }
}

async function replace(target: string, data: string | Uint8Array | Iterable<string>): Promise<void> {
  const mode = await stat(target).then(
    old => old.mode & 0o777,
    () => 0o666,
  );
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await writeFile(handle, data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(path.dirname(target));
}

/** On Windows a virus scanner or a reader may hold the old file for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  const pauses = process.platform === 'win32' ? [20, 100, 500] : [];
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

/** Makes the new name last through a power cut, where the system lets a folder be opened. */
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
