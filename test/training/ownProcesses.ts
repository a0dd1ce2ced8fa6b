import { randomUUID } from 'node:crypto';
import fs from 'node:fs';

/** Processes of one test, told from all others by a variable of their environment, which each hands on to those it starts. Linux tells. */
export class OwnProcesses {
  readonly environment = { DIGITS_TEST_MARK: randomUUID() };

  /** The numbers of those that live. */
  get pids(): number[] {
    return fs
      .readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number)
      .filter(pid => this.owns(pid));
  }

  /** Resolves when none is left; with those that stay where that takes too long. */
  async gone(milliseconds = 10_000): Promise<number[]> {
    const end = Date.now() + milliseconds;
    for (;;) {
      const { pids } = this;
      if (pids.length === 0 || Date.now() > end) return pids;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  private owns(pid: number): boolean {
    try {
      // One that has ended and waits for its parent to notice has no environment any more.
      return (
        pid !== process.pid &&
        fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(this.environment.DIGITS_TEST_MARK)
      );
    } catch {
      return false;
    }
  }
}

/** The processes that one started and that live. */
export function childrenOf(pid: number): number[] {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
