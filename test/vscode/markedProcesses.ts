import { randomUUID } from 'node:crypto';
import fs from 'node:fs';

/** The environment variable that marks all processes of one test, however they were started. */
const variable = 'DIGITS_TEST_MARK';

/** A process. */
export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Looks at a process that is new before it is known to be another's: just forked, it still has its parent's environment. */
const looksAtNew = 20;

/** An environment for processes, and what runs with it now: they and all that they start. Linux tells; elsewhere none is found. */
export function markProcesses(): {
  readonly env: Readonly<Record<string, string>>;
  readonly running: () => readonly MarkedProcess[];
} {
  const mark = randomUUID();
  // Those that are there already are none of them.
  const others = new Map(pids().map(pid => [pid, looksAtNew]));
  const ours = new Set<number>();
  const isOurs = (pid: number): boolean => {
    const looks = others.get(pid) ?? 0;
    if (ours.has(pid) || looks >= looksAtNew) return ours.has(pid);
    if (textOf(`/proc/${pid}/environ`).includes(`${variable}=${mark}`)) ours.add(pid);
    else others.set(pid, looks + 1);
    return ours.has(pid);
  };
  const running = (): readonly MarkedProcess[] => {
    const now = pids();
    const there = new Set(now);
    // A number that is free may be given again.
    for (const known of [others, ours]) for (const pid of known.keys()) if (!there.has(pid)) known.delete(pid);
    return now
      .filter(isOurs)
      .map(pid => ({ pid, command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
      .filter(({ command }) => command !== '');
  };
  return { env: { [variable]: mark }, running };
}

function pids(): readonly number[] {
  return process.platform === 'linux'
    ? fs
        .readdirSync('/proc')
        .map(Number)
        .filter(pid => pid > 0)
    : [];
}

/** Nothing where the process is gone. */
function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
