import { workerData } from 'node:worker_threads';
import { isAlive } from '../store/processIdentity';

// A thread of the training process and of those that compute for it: ends the process when its parent is gone, whatever the
// main thread is at. A computation, or a library that hangs, never comes to hear of it.

/** In ms. */
const lookAgain = 500;

// Of the process when it began: the parent may be gone by the time that this thread runs.
const parent = workerData as number;
setInterval(() => {
  // On Windows the number stays when its process is gone; elsewhere somebody else becomes the parent.
  if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, 'SIGKILL');
}, lookAgain);
