import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** Processes that carry this in their environment: a training and all that it started, and nobody else's. Linux only. */
export function markedProcesses(mark: string): number[] {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        // One that ended and waits to be noticed has none.
        return fs.readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`DIGITS_TEST_MARK=${mark}`);
      } catch {
        return false;
      }
    });
}

/** All below a process, by the system's own table: those that ended apart. */
export function processesBelow(pid: number): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/));
  const children = list
    .filter(([, parent, state]) => Number(parent) === pid && !state!.startsWith('Z'))
    .map(([child]) => Number(child));
  return children.flatMap(child => [child, ...processesBelow(child)]);
}
