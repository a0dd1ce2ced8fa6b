import { randomBytes } from 'node:crypto';
import { open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileError } from './errors';
import { isAlive } from './isAlive';

/**
 * Replaces a file as a whole: after a crash or a full disk it holds the old content or the new, never a part. Its folder
 * must exist. Throws `write-failed` or `disk-full`, and then leaves the old file as it was.
 */
export async function writeFileAtomic(file: string, data: string | Uint8Array): Promise<void> {
  try {
    // A link stays a link: its target is what is replaced.
    const target = await realpath(file).catch(() => path.resolve(file));
    await replace(target, data);
  } catch (error) {
    throw fileError('write', path.basename(file), error);
  }
}

async function replace(target: string, data: string | Uint8Array): Promise<void> {
  const mode = await stat(target).then(
    old => old.mode & 0o777,
    () => 0o666,
  );
  await removeLeftovers(target);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(data);
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

/** A process that was killed while it wrote this file left its part of it. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = path.dirname(target);
  const start = `.${path.basename(target)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    const writer = name.startsWith(start) ? /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (writer !== undefined && !isAlive(Number(writer))) await unlink(path.join(folder, name)).catch(() => undefined);
  }
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
