import fs from 'node:fs';
import os from 'node:os';
import { sentence, type Sentence } from '../core/sentence';

const tooManyProcesses =
  /\bEAGAIN\b|uv_thread_create|pthread_create|resource temporarily unavailable|ERR_WORKER_INIT_FAILED/i;

/** Why a process could not start or go on, where what it said is that the system gives its user no more processes or threads. */
export function limitSentence(said: string): Sentence | undefined {
  return tooManyProcesses.test(said) ? tooManySentence() : undefined;
}

/** That a process could not start, because the system gives its user no more. */
export function tooManySentence(): Sentence {
  return sentence`The training process could not start, because there are too many processes; raise the limit (ulimit -u) or close other programs, then try again.`;
}

/** Processes and threads that a training needs, more or less: Node's own, and those of the engine. */
const needed = 16 + 8 * os.availableParallelism();

/** The user has so many processes and threads that a training may get too few. False where the system does not tell. */
export function isNearProcessLimit(): boolean {
  const uid = process.getuid?.();
  // To root no limit applies.
  if (uid === undefined || uid === 0) return false;
  try {
    const [, limit] = /^Max processes +(\d+)/m.exec(fs.readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return limit !== undefined && Number(limit) - threadsOf(uid) < needed;
  } catch {
    return false;
  }
}

/** The threads of all processes of a user, as the system counts them against the limit. */
function threadsOf(uid: number): number {
  const pids = fs.readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => {
    try {
      const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
      const isOwn = Number(/^Uid:\t(\d+)/m.exec(status)?.[1]) === uid;
      return sum + (isOwn ? Number(/^Threads:\t(\d+)/m.exec(status)?.[1] ?? 0) : 0);
    } catch {
      // It has just ended.
      return sum;
    }
  }, 0);
}
