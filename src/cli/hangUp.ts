import fs from 'node:fs';
import path from 'node:path';
import tty from 'node:tty';

/** What tells of a process whether it was started by nohup. */
export interface Surroundings {
  /** A standard stream is a terminal. */
  readonly streamsToTerminal: boolean;
  /** It belongs to a terminal, which may be closed; what a service starts does not. */
  readonly belongsToTerminal: boolean;
  /** The program that a shell started, in the variable `_`. */
  readonly lastCommand: string | undefined;
  /** Its parent ignores hang-ups, and so handed that on: a script under nohup. */
  readonly parentIgnores: boolean;
}

/**
 * A hang-up is to be ignored, as under nohup. Before any script runs Node takes back that its parent had it ignored, so
 * that not even the kernel knows any more; other signs are looked for. At a terminal, nohup is also told by what it does:
 * no standard stream is one. Without a terminal, as of a service, a hang-up is somebody's wish to end it.
 */
export function ignoresHangUp(seen: Surroundings = surroundings()): boolean {
  const { streamsToTerminal, belongsToTerminal, lastCommand, parentIgnores } = seen;
  return (
    parentIgnores ||
    (lastCommand !== undefined && path.basename(lastCommand) === 'nohup') ||
    (belongsToTerminal && !streamsToTerminal)
  );
}

function surroundings(): Surroundings {
  return {
    streamsToTerminal: [0, 1, 2].some(descriptor => tty.isatty(descriptor)),
    belongsToTerminal: belongsToTerminal(),
    lastCommand: process.env['_'],
    parentIgnores: ignoring(process.ppid),
  };
}

function belongsToTerminal(): boolean {
  try {
    fs.closeSync(fs.openSync('/dev/tty', fs.constants.O_RDONLY | fs.constants.O_NOCTTY));
    return true;
  } catch {
    return false;
  }
}

/** A process ignores hang-ups, as Linux tells it: signal 1 is the lowest bit of a mask in hexadecimal digits. */
function ignoring(pid: number): boolean {
  try {
    const [, mask] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return mask !== undefined && (Number.parseInt(mask.at(-1)!, 16) & 1) === 1;
  } catch {
    return false;
  }
}
