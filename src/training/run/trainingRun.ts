import type { FileContent } from '../../store/atomicFile';
import { toErrorData } from '../../core/errors';
import { gapWarning } from '../../core/run/gapWarning';
import type { EpochRecord, RunRecord } from '../../core/run/runRecord';
import { checkpointFile, deleteCheckpoint, type Checkpoint } from '../../store/run/checkpoint';
import type { TrainedImages } from '../../core/run/trainedImages';
import { historyFile, runFile, runFolderOf } from '../../store/run/runFolder';
import { removeOldWeights } from '../network/modelFile';
import type { InterruptedRun } from './interruptedRun';
import { RunKeeper } from './runKeeper';

/** An epoch that has ended, and what to write for it. */
export interface EndedEpoch {
  readonly record: EpochRecord;
  /** The model and its predictions, where this epoch's weights are kept; otherwise undefined. */
  readonly kept: readonly FileContent[] | undefined;
  readonly checkpoint: Pick<Checkpoint, 'finished' | 'current'>;
}

/** The run that is being trained: its record, its history, and their files. */
export class TrainingRun {
  readonly folder: string;
  private readonly keeper: RunKeeper;
  private readonly began = performance.now();
  private readonly secondsBefore: number;
  private now: RunRecord;
  private epochs: readonly EpochRecord[];

  private constructor(folder: string, keeper: RunKeeper, record: RunRecord, epochs: readonly EpochRecord[]) {
    this.folder = folder;
    this.keeper = keeper;
    this.now = record;
    this.secondsBefore = record.seconds;
    this.epochs = epochs;
  }

  /** Creates the folder of a new run, or takes over that of an interrupted one. Throws as {@link RunKeeper} does. */
  static async begin(
    dataFolder: string,
    record: RunRecord,
    images: TrainedImages,
    before: InterruptedRun | undefined,
  ): Promise<TrainingRun> {
    const folder = runFolderOf(dataFolder, record.id);
    const keeper = await (before
      ? RunKeeper.resume(folder, before.lease, record, images)
      : RunKeeper.create(dataFolder, record, images));
    return new TrainingRun(folder, keeper, record, before?.history ?? []);
  }

  get record(): RunRecord {
    return this.now;
  }

  get history(): readonly EpochRecord[] {
    return this.epochs;
  }

  /** Aborted, with the reason, when the run is no longer ours. */
  get lost(): AbortSignal {
    return this.keeper.lost;
  }

  /** Writes the history that the checkpoint of an interrupted run has: its own may lack the last epoch. */
  async restoreHistory(): Promise<void> {
    await this.keeper.write(historyFile(this.folder, this.epochs));
  }

  /** Writes an epoch, all of its files or none. */
  async endEpoch({ record, kept, checkpoint }: EndedEpoch): Promise<void> {
    const history = [...this.epochs, record];
    const next: RunRecord = {
      ...this.now,
      seconds: this.seconds,
      ...(kept && {
        bestEpoch: record.epoch,
        ...(record.valAccuracy !== undefined && { valAccuracy: record.valAccuracy }),
      }),
    };
    await this.keeper.write(
      ...(kept ?? []),
      // Before history and record: once the checkpoint is there the epoch has ended, and both can be restored from it.
      checkpointFile(this.folder, { epochs: record.epoch, history, ...checkpoint }),
      historyFile(this.folder, history),
      runFile(this.folder, next),
    );
    [this.epochs, this.now] = [history, next];
    if (kept) await removeOldWeights(this.folder);
  }

  /** Ends the run in its record. Throws where that can't be written. */
  async end(status: 'done' | 'cancelled'): Promise<RunRecord> {
    const { data, bestEpoch } = this.now;
    const kept = this.epochs.find(({ epoch }) => epoch === bestEpoch);
    const warning = status === 'done' && kept ? gapWarning(kept, data.validationRows) : undefined;
    this.now = {
      ...this.now,
      status,
      seconds: this.seconds,
      ...(warning !== undefined && { data: { ...data, warnings: [...data.warnings, warning] } }),
    };
    await this.keeper.write(runFile(this.folder, this.now));
    if (status === 'done') await deleteCheckpoint(this.folder);
    return this.now;
  }

  /** Ends a run that was cancelled. Throws the reason, with how to resume, where that can't be written. */
  async cancel(): Promise<RunRecord> {
    return this.end('cancelled').catch(async (unwritten: unknown) => {
      throw await this.keeper.reasonOf(unwritten, this.epochs.length);
    });
  }

  /** Notes in the record why the training failed, and returns the reason to throw. */
  async fail(error: unknown): Promise<unknown> {
    const reason = await this.keeper.reasonOf(error, this.epochs.length);
    // If even this can't be written (the disk is full), the run shows as interrupted.
    await this.keeper
      .write(runFile(this.folder, { ...this.now, status: 'failed', error: toErrorData(reason) }))
      .catch(() => undefined);
    return reason;
  }

  dispose(): void {
    this.keeper.dispose();
  }

  /** Wall time of training so far, that before an interruption included. */
  private get seconds(): number {
    return this.secondsBefore + (performance.now() - this.began) / 1000;
  }
}
