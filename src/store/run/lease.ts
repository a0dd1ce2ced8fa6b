import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFile } from '../atomicFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { isAlive, processStart } from '../processIdentity';
import { requireOwnPlace } from './runFiles';
import { homeOf } from './runPaths';
import type { RunRecord } from '../../core/run/runRecord';

// Who trains a run holds its lease: a file "heartbeat", or "heartbeat.1" and so on where it was resumed, which it touches
// every few seconds. Taking the next number is taking the run over: of all that try one succeeds, and removes the older
// files, by which a process that had it before, asleep or on another machine, finds out that the run is no longer its own.

/** How often a process that trains says that it goes on. */
export const heartbeatSeconds = 10;
/** A heartbeat this far from now, before or after, is none: a clock may have been set. */
const longestSilence = 6 * heartbeatSeconds * 1000;

const leaseFile = (runFolder: string, lease: number): string =>
  path.join(runFolder, lease === 0 ? 'heartbeat' : `heartbeat.${lease}`);

/** The right to write a run's folder. */
export class RunLease {
  private readonly runFolder: string;
  private readonly lease: number;

  private constructor(runFolder: string, lease: number) {
    this.runFolder = runFolder;
    this.lease = lease;
  }

  /** Takes over from the lease that was the newest when the run was found not to be trained; 0 is the first. Throws `mismatch` where somebody else was faster. */
  static async take(runFolder: string, lease: number): Promise<RunLease> {
    await requireOwnPlace(homeOf(runFolder), leaseFile(runFolder, lease));
    if (!(await createFile(leaseFile(runFolder, lease), ''))) throw alreadyTrained(runFolder);
    const leases = await readLeases(runFolder);
    const remove = (other: number): Promise<void> => fs.rm(leaseFile(runFolder, other), { force: true });
    if (leases.some(other => other > lease)) {
      await remove(lease);
      throw alreadyTrained(runFolder);
    }
    await Promise.all(leases.filter(other => other < lease).map(remove));
    return new RunLease(runFolder, lease);
  }

  /** Says that the training goes on. Throws `mismatch` where the run is no longer ours to write, or no longer there. */
  async hold(): Promise<void> {
    const now = new Date();
    await fs.utimes(leaseFile(this.runFolder, this.lease), now, now).catch(async (error: NodeJS.ErrnoException) => {
      // Whatever else it is, the next file that is written says it.
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw await this.lost();
    });
  }

  private async lost(): Promise<DigitsError> {
    const id = path.basename(this.runFolder);
    if ((await readLeases(this.runFolder)).length > 0) {
      return new DigitsError(
        'mismatch',
        sentence`Run ${id} was resumed in another window or program while this training of it stood still; wait for that one to end.`,
      );
    }
    return new DigitsError(
      'write-failed',
      sentence`The folder of run ${id} was deleted or renamed while it trained; resume the run where its folder is now, or train again.`,
    );
  }
}

/** A run that somebody else trains. */
export function alreadyTrained(runFolder: string): DigitsError {
  return new DigitsError(
    'mismatch',
    sentence`Run ${path.basename(runFolder)} is being trained already, in another window or program; wait for it to end.`,
  );
}

/** The number of the next lease of a run; to be asked before it is found out whether the run is being trained. */
export async function nextLease(runFolder: string): Promise<number> {
  return Math.max(-1, ...(await readLeases(runFolder))) + 1;
}

/**
 * The process that trains a run is there. On this machine the process itself tells, awake or not; where it does not, or on
 * another machine that shares the disk, the heartbeat does.
 */
export async function isTrained(
  runFolder: string,
  { pid, pidStart, host }: Pick<RunRecord, 'pid' | 'pidStart' | 'host'>,
): Promise<boolean> {
  if (host === os.hostname()) {
    if (!isAlive(pid)) return false;
    const start = pidStart === undefined ? undefined : await processStart(pid);
    if (start !== undefined) return start === pidStart;
  }
  const beats = await Promise.all(
    (await readLeases(runFolder)).map(lease =>
      fs.stat(leaseFile(runFolder, lease)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.abs(Date.now() - Math.max(0, ...beats)) < longestSilence;
}

async function readLeases(runFolder: string): Promise<number[]> {
  const names = await fs.readdir(runFolder).catch((): string[] => []);
  return names.flatMap(name => {
    const [found, number] = /^heartbeat(?:\.([1-9]\d{0,8}))?$/.exec(name) ?? [];
    return found === undefined ? [] : [Number(number ?? 0)];
  });
}
