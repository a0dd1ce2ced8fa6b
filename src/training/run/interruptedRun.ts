import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { EpochRecord, RunRecord } from '../../core/run/runRecord';
import { readCheckpoint, type Checkpoint } from '../../store/run/checkpoint';
import { alreadyTrained, nextLease } from '../../store/run/lease';
import type { TrainedImages } from '../../core/run/trainedImages';
import { readHistory, readRun, readTrainedImages, runFolderOf } from '../../store/run/runFolder';
import type { TrainJob } from '../../protocol/training';

/** A run that ended before its last epoch and can be resumed. */
export interface InterruptedRun {
  readonly run: RunRecord;
  /** The number of the lease to take before anything is written. */
  readonly lease: number;
  readonly history: readonly EpochRecord[];
  /** The records in the run's own history, which may lack the last epoch. */
  readonly noted: readonly EpochRecord[];
  readonly checkpoint: Checkpoint;
  /** The images it was given; undefined for runs made before they were kept. */
  readonly images: TrainedImages | undefined;
}

/** Reads the run that a job resumes. Throws `mismatch` if it is done or being trained, `no-run` if no epoch was finished. */
export async function readInterruptedRun({ folder, runId }: TrainJob): Promise<InterruptedRun> {
  const runFolder = runFolderOf(folder, runId);
  const lease = await nextLease(runFolder);
  const run = await readRun(runFolder);
  if (run.status === 'training') throw alreadyTrained(runFolder);
  if (run.status === 'done')
    throw new DigitsError(
      'mismatch',
      sentence`Run ${runId} is done, there is nothing to resume; start a new training for more epochs.`,
    );
  const checkpoint = await readCheckpoint(runFolder);
  if (!checkpoint)
    throw new DigitsError(
      'no-run',
      sentence`Run ${runId} ended before its first epoch, so there is nothing to resume; start a new training.`,
    );
  const noted = await readHistory(runFolder).catch((error: unknown) => {
    // The checkpoint has the same records.
    if (checkpoint.history) return [];
    throw error;
  });
  const images = await readTrainedImages(runFolder);
  return { run, lease, history: checkpoint.history ?? noted.slice(0, checkpoint.epochs), noted, checkpoint, images };
}
