import { randomUUID } from 'node:crypto';
import fs from 'node:fs';

/** The environment variable that marks all processes of one test, however they were started. */
const variable = 'DIGITS_TEST_MARK';

/** A process. */
export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** An environment for processes, and what runs with it now: they and all that they start. Linux tells; elsewhere none is found. */
export function markProcesses(): { readonly env: Readonly<Record<string, string>>; readonly running: () => readonly MarkedProcess[] } {
  const mark = `${variable}=${randomUUID()}`;
  // Those that are there already are none of them.
  const others = new Set(pids());
  return { env: { [variable]: mark.slice(variable.length + 1) }, running: () => pids().flatMap(pid => (others.has(pid) ? [] : processOf(pid, mark))) };
}

function pids(): readonly number[] {
  return process.platform === 'linux' ? fs.readdirSync('/proc').map(Number).filter(pid => pid > 0) : [];
}

/** None where it has another environment, or is gone. */
function processOf(pid: number, mark: string): readonly MarkedProcess[] {
  try {
    if (!fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)) return [];
    return [{ pid, command: fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim() }];
  } catch {
    return [];
  }
}
