import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { Random } from '../../src/core/random';
import { childrenOf } from './ownProcesses';

/** How a training process dies, and what people must then read of it. */
export interface Death {
  readonly name: string;
  readonly sentence: RegExp;
  /** Node's own options for the process and those that compute. */
  readonly nodeOptions?: string;
  /** Strikes a training process. Where the death is by other means, nothing. */
  strike(pid: number): void;
}

const signal = (name: NodeJS.Signals, sentence: RegExp): Death => ({
  name,
  sentence,
  strike: pid => tryTo(() => process.kill(pid, name)),
});
const worker = (name: string, sentence: RegExp, strike: (pid: number) => void): Death => ({
  name: `${name} of a worker`,
  sentence,
  strike: pid => tryTo(() => strike(childrenOf(pid).at(-1) ?? pid)),
});
const memory = /memory/;

const deaths: readonly Death[] = [
  signal('SIGKILL', /SIGKILL/),
  signal('SIGTERM', /ended by another program \(SIGTERM\)/),
  signal('SIGSEGV', /engine crashed \(SIGSEGV\)/),
  worker('SIGKILL', /SIGKILL/, pid => process.kill(pid, 'SIGKILL')),
  worker('SIGSEGV', /engine crashed \(SIGSEGV\)/, pid => process.kill(pid, 'SIGSEGV')),
  // Whatever memory it asks for from now on it does not get. Where it asks for none it lives, and not every library says what it dies of.
  worker('no more memory', /memory|engine crashed/, pid => {
    const size = Number(/VmSize:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;
    execFileSync('prlimit', ['--pid', String(pid), `--as=${size}`]);
  }),
];

/** A random death. */
export function drawDeath(random: Random): Death {
  const kind = Math.floor(random.uniform(0, deaths.length + 1));
  if (kind < deaths.length) return deaths[kind]!;
  const megabytes = Math.floor(random.uniform(7, 26));
  return {
    name: `heap of ${megabytes} MB`,
    sentence: memory,
    nodeOptions: `--max-old-space-size=${megabytes}`,
    strike: () => undefined,
  };
}

/** When: so many ms after the start, after an epoch, or as soon as so many files of the run have changed. */
export type Moment =
  | { readonly after: 'start'; readonly ms: number }
  | { readonly after: 'epoch'; readonly ms: number }
  | { readonly after: 'changes'; readonly count: number };

/** A random moment, for a training of which this is known. */
export function drawMoment(random: Random, startMs: number, epochMs: number): Moment {
  const kind = random.uniform(0, 1);
  if (kind < 0.3) return { after: 'start', ms: random.uniform(0, startMs * 1.3) };
  if (kind < 0.55) return { after: 'epoch', ms: random.uniform(0, epochMs * 1.5) };
  // An epoch writes six files, each under another name first.
  return { after: 'changes', count: Math.floor(random.uniform(1, 60)) };
}

/** The process may be gone already. */
function tryTo(action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'ENOENT' && !String(error).includes('prlimit')) throw error;
  }
}
