import { DigitsError } from '../core/errors';
import { noteCancelled, runFolderOf } from '../store/run/runFolder';
import type { RunRecord } from '../core/run/runRecord';
import { ForkedProcess } from './forkedProcess';
import type { TrainingEvents, TrainingMethods, TrainJob } from '../protocol/training';

/** How long a cancelled job may take to end by itself, in ms: with what follows, a cancel is done within a second. */
const grace = 400;

/** The parent's end of a training process. */
export class TrainingProcess extends ForkedProcess<TrainingEvents, TrainingMethods> {
  private timer: NodeJS.Timeout | undefined;

  /** Trains, and resolves with the finished run, a cancelled one included, whether it ended by itself or had to be ended. */
  async train(job: TrainJob): Promise<RunRecord> {
    try {
      return await this.rpc.call('train', job);
    } catch (error) {
      if (!this.timer || !(error instanceof DigitsError) || error.code !== 'cancelled') throw error;
      await this.ended;
      const run = await noteCancelled(runFolderOf(job.folder, job.runId));
      if (!run) throw error;
      return run;
    }
  }

  /** Cancels the job under way: it has a moment to end by itself, then the process is ended. Whatever was finished is on disk. */
  cancel(): void {
    this.rpc.notify('cancel', undefined);
    this.timer ??= setTimeout(() => this.dispose(), grace);
  }

  override dispose(): void {
    clearTimeout(this.timer);
    super.dispose();
  }
}
