import { sentence, type Sentence } from '../core/sentence';

const tooManyProcesses =
  /\bEAGAIN\b|uv_thread_create|pthread_create|resource temporarily unavailable|ERR_WORKER_INIT_FAILED/i;

/** Why a process could not start or go on, where what it said is that the system gives its user no more processes or threads. */
export function limitSentence(said: string): Sentence | undefined {
  return tooManyProcesses.test(said)
    ? sentence`The training process could not start, because there are too many processes; raise the limit (ulimit -u) or close other programs, then try again.`
    : undefined;
}
