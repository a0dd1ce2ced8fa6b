import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** What a program took, with all processes that it started. */
export interface Measured {
  readonly code: number | null;
  /** Of the program itself. */
  readonly output: string;
  readonly errors: string;
  readonly seconds: number;
  /** Of the processor, over all processes. */
  readonly cpuSeconds: number;
  /** Resident bytes that each process had at most, the program itself first. */
  readonly peaks: readonly number[];
  /** Resident bytes of each when it was looked at last. */
  readonly last: readonly number[];
}

/** How often /proc is looked at, in ms: the system keeps the peaks, so only a process's last moments are missed. */
const every = 25;
/** Ticks of the clock in which /proc counts, a second. */
const ticks = 100;

/** Why nothing can be measured here, where it can't. */
export const unmeasurable =
  process.platform === 'linux' ? undefined : 'the peak of a process is read from /proc, which only Linux has';

/** Runs Node with these arguments and measures it; `onOutput` is told what it printed so far and may interrupt it. */
export function measured(
  args: readonly string[],
  onOutput: (output: string, interrupt: () => void) => void = () => undefined,
): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const seen = new Map<number, Look>();
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    onOutput(output, () => child.kill('SIGINT'));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const look = (): void => {
    for (const pid of family(child.pid!)) {
      const found = lookAt(pid);
      // Of a process that ended, and that nobody has asked about, there is nothing left but its number.
      if (found && found.peak > 0) seen.set(pid, found);
    }
  };
  const timer = setInterval(look, every);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      clearInterval(timer);
      const all = [...seen.values()];
      resolve({
        code,
        output,
        errors,
        seconds: (performance.now() - began) / 1000,
        cpuSeconds: all.reduce((sum, { cpu }) => sum + cpu, 0),
        peaks: all.map(({ peak }) => peak),
        last: all.map(({ resident }) => resident),
      });
    });
  });
}

/** A process and all that came of it. */
function family(pid: number): number[] {
  try {
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return [
      pid,
      ...children
        .split(' ')
        .filter(text => text !== '')
        .flatMap(child => family(Number(child))),
    ];
  } catch {
    return [];
  }
}

interface Look {
  readonly peak: number;
  readonly resident: number;
  readonly cpu: number;
}

function lookAt(pid: number): Look | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    // Behind the name, which may have spaces in it: the 12th and 13th are the ticks of the program and of the system for it.
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { peak: bytes('VmHWM'), resident: bytes('VmRSS'), cpu: (Number(fields[11]) + Number(fields[12])) / ticks };
  } catch {
    return undefined;
  }
}
