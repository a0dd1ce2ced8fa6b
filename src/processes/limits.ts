import { sentence, type Sentence } from '../core/sentence';

// A system lets a user have so many processes and threads, and a process so many open files. Where there are no more, Node
// and the engines say so in many ways: in the error of a start, or in what a process prints as it dies.

const tooManyFiles = /\b(EMFILE|ENFILE)\b|too many open files/i;
const tooManyProcesses =
  /\bEAGAIN\b|uv_thread_create|pthread_create|resource temporarily unavailable|ERR_WORKER_INIT_FAILED/i;

/** Why a process could not start or go on, where what it said is that the system gives no more files or processes. */
export function limitSentence(said: string): Sentence | undefined {
  if (tooManyFiles.test(said))
    return sentence`The training process could not start, because too many files are open; raise the limit (ulimit -n) or close other programs, then try again.`;
  if (tooManyProcesses.test(said))
    return sentence`The training process could not start, because there are too many processes; raise the limit (ulimit -u) or close other programs, then try again.`;
  return undefined;
}
