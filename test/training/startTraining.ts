import path from 'node:path';
import type { ForkOptions } from '../../src/processes/forkedProcess';
import type { TrainingEvents } from '../../src/protocol/training';
import { TrainingProcess } from '../../src/processes/trainingProcess';

/** A training process of the built bundle; what it tells goes to `events`, where they are given. The caller ends it. */
export function startTraining(events: Partial<TrainingEvents> = {}, options: ForkOptions = {}): TrainingProcess {
  const nothing = (): void => undefined;
  const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');
  return new TrainingProcess(bundle, { progress: nothing, started: nothing, epoch: nothing, ...events }, options);
}
