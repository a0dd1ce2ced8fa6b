// The folder for what is costly to make and not the project's own: the engine, the VS Code server, its Node.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** The cache folder: DIGITS_CACHE, or `digits` where this system keeps caches. */
export function cacheDir() {
  const { DIGITS_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (DIGITS_CACHE) return path.resolve(DIGITS_CACHE);
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches/digits');
  if (process.platform === 'win32')
    return path.join(LOCALAPPDATA ?? path.join(os.homedir(), 'AppData/Local'), 'digits', 'Cache');
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'digits');
}

/** A path inside the cache folder. */
export const inCache = (...parts) => path.join(cacheDir(), ...parts);

/**
 * Makes a folder all at once: `make(temporary)` fills a temporary folder beside it, which is then renamed.
 * So a folder that exists is complete, whatever interrupted an earlier try.
 */
export async function makeFolder(target, make) {
  await removeLeftovers(target);
  const temporary = `${target}.tmp-${process.pid}`;
  await fs.mkdir(temporary, { recursive: true });
  try {
    await make(temporary);
    await fs.rename(temporary, target);
  } catch (error) {
    // Another set-up at the same time may have been first: its folder is as good.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    await fs.rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes what set-ups that were killed left beside the target. */
async function removeLeftovers(target) {
  const parent = path.dirname(target);
  const prefix = `${path.basename(target)}.tmp-`;
  for (const name of await fs.readdir(parent).catch(() => [])) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      await fs.rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Writes a file all at once: readers see the old content or the new, never a part. */
export async function writeAtomically(file, content) {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.tmp-${process.pid}`;
  try {
    await fs.writeFile(temporary, content);
    await fs.rename(temporary, file);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
}
