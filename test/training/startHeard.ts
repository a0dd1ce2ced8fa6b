import path from 'node:path';
import type { EpochRecord, RunRecord } from '../../src/core/run/runRecord';
import type { Progress, TrainingEvents } from '../../src/protocol/training';
import { TrainingProcess } from '../../src/processes/trainingProcess';

const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');

/** What a training process has told. */
export interface Heard {
  readonly progress: Progress[];
  readonly epochs: EpochRecord[];
  readonly started: RunRecord[];
}

/** A training process of the built bundle that is listened to. The caller ends it. */
export function startHeard(
  options: {
    readonly environment?: Record<string, string>;
    readonly node?: string;
    readonly on?: Partial<TrainingEvents>;
  } = {},
) {
  const heard: Heard = { progress: [], epochs: [], started: [] };
  const child = new TrainingProcess(
    bundle,
    {
      progress: progress => {
        heard.progress.push(progress);
        options.on?.progress?.(progress);
      },
      started: run => void heard.started.push(run),
      epoch: epoch => {
        heard.epochs.push(epoch);
        options.on?.epoch?.(epoch);
      },
    },
    { environment: options.environment ?? {}, ...(options.node !== undefined && { node: options.node }) },
  );
  return { process: child, heard };
}
