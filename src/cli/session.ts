import path from 'node:path';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { TrainingProcess } from '../processes/trainingProcess';
import type { TrainingEvents } from '../protocol/training';
import { ignoresHangUp } from './hangUp';
import type { Output } from './output';

/**
 * Runs one job in a training process. Ctrl-C cancels it, a second one ends it at once, and so do a hang-up, unless it is to
 * be ignored, and output that can't be written; then the job throws `cancelled`, unless it has something to return.
 */
export async function inTrainingProcess<T>(
  events: Partial<TrainingEvents>,
  job: (child: TrainingProcess) => Promise<T>,
  { failed }: Pick<Output, 'failed'>,
): Promise<T> {
  const nothing = (): void => undefined;
  const child = new TrainingProcess(path.join(__dirname, 'training.js'), {
    progress: nothing,
    started: nothing,
    epoch: nothing,
    ...events,
  });
  let interrupts = 0;
  const interrupt = (): void => {
    child.cancel();
    if (++interrupts > 1) child.dispose();
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', ...(ignoresHangUp() ? [] : ['SIGHUP' as const])];
  for (const signal of signals) process.on(signal, interrupt);
  failed.addEventListener('abort', interrupt);
  try {
    failed.throwIfAborted();
    return await job(child);
  } catch (error) {
    throw interrupts > 0 ? new DigitsError('cancelled', sentence`Cancelled.`) : error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    failed.removeEventListener('abort', interrupt);
    child.dispose();
  }
}
