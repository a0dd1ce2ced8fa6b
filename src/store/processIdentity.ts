import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process of this machine has this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process began, as the system has it: with its number it tells it from all others, before and after, whatever the
 * clock was set to. 'ended' for one that only waits to be noticed as dead. Undefined where there is none, or the system does not say.
 */
export async function processStart(pid: number, platform = process.platform): Promise<string | undefined> {
  try {
    if (platform === 'linux') return await linuxStart(pid);
    if (platform === 'win32') return undefined;
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** In ticks since this start of the machine. */
async function linuxStart(pid: number): Promise<string> {
  const [stat, boot] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
  ]);
  // After the program's name, which may hold spaces and brackets: the state is the first value, the start the 20th (proc_pid_stat(5)).
  const values = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return values[0] === 'Z' || values[0] === 'X' ? 'ended' : `${boot.trim()} ${values[19]}`;
}
