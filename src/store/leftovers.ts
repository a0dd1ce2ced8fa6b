import { createHash, randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './processIdentity';

// Files in the making have names that say whose they are: .run.json.<machine>-<process>-<chance>.tmp. No reader takes them
// for anything, and those of a process that was killed are removed by the next one that writes to the folder.

const leftover = /^\..+\.([0-9a-f]{6})-(\d{1,10})-[0-9a-f]{12}\.tmp$/;
const machine = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 6);
/** Folders that this process has looked through. */
const tidied = new Set<string>();

/** Where a file is written before it takes its name: beside it, hidden, and under a name that nobody else has. */
export function temporaryPath(target: string): string {
  // The longest name of a file has 255 bytes.
  const name = path.basename(target).slice(0, 50);
  return path.join(path.dirname(target), `.${name}.${machine}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
}

/** A file that is, or was when its process was killed, in the making. */
export function isLeftover(name: string): boolean {
  return leftover.test(name);
}

/** Removes what processes of this machine that are gone have left half-written in a folder; looks there once. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  if (tidied.has(folder)) return;
  tidied.add(folder);
  const names = await readdir(folder).catch((): string[] => []);
  const left = names.filter(name => {
    const [, where, pid] = leftover.exec(name) ?? [];
    return where === machine && !isAlive(Number(pid));
  });
  await Promise.all(left.map(name => unlink(path.join(folder, name)).catch(() => undefined)));
}
