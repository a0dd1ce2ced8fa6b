import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineInfo, RunConfig, RunRecord } from '../../core/run/runRecord';
import { engineWords } from '../../core/text';
import type { Progress, TrainJob } from '../../protocol/training';
import { dataFolderOf, newRunId, runFolderOf } from '../../store/run/runFolder';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { JobProcesses } from './jobProcesses';
import type { RunChanges } from './runChanges';

/** What to train: a new run, or one that goes on with its own configuration. */
export interface Training {
  readonly trainFile: string;
  readonly config: RunConfig;
  /** The folder of the run that goes on. */
  readonly resume?: string;
}

/** A run that ended, cancelled ones included. */
export interface FinishedRun {
  readonly runFolder: string;
  readonly run: RunRecord;
}

/** What a caller hears of its training. */
export interface TrainingListener {
  /** The run has its folder. */
  onStarted(runFolder: string): void;
  onProgress(progress: Progress | 'waiting'): void;
}

interface TrainingState {
  progress: Progress | undefined;
  cancel(): void;
}

/** The trainings of this window, one at a time; those asked for meanwhile wait. */
export class TrainingQueue extends Disposable {
  private readonly progressed = this.register(
    new vscode.EventEmitter<{ readonly runFolder: string; readonly progress: Progress }>(),
  );
  readonly onDidProgress = this.progressed.event;
  private readonly ended = this.register(new vscode.EventEmitter<string>());
  readonly onDidEnd = this.ended.event;
  private readonly usedEngine = this.register(new vscode.EventEmitter<EngineInfo>());
  readonly onDidUseEngine = this.usedEngine.event;

  private readonly processes: JobProcesses;
  private readonly changes: RunChanges;
  private readonly log: Log;
  /** What trains now or waits to, by run folder. */
  private readonly training = new Map<string, TrainingState>();
  /** Ends when every training asked for so far has ended. */
  private queue: Promise<unknown> = Promise.resolve();
  /** Trainings asked for that have not ended, the one that runs included. */
  private waiting = 0;

  constructor(processes: JobProcesses, changes: RunChanges, log: Log) {
    super();
    this.processes = processes;
    this.changes = changes;
    this.log = log;
  }

  /** How far a training has come; undefined when the run does not train here, or waits to. */
  progress(runFolder: string): Progress | undefined {
    return this.training.get(runFolder)?.progress;
  }

  /** The run trains in this window, or waits to. */
  has(runFolder: string): boolean {
    return this.training.has(runFolder);
  }

  cancel(runFolder: string): void {
    this.training.get(runFolder)?.cancel();
  }

  /** Trains a new run, or goes on with one, once every training before it has ended. */
  async train(
    { trainFile, config, resume }: Training,
    token: vscode.CancellationToken,
    listener: TrainingListener,
  ): Promise<FinishedRun> {
    const folder = resume === undefined ? path.dirname(trainFile) : dataFolderOf(resume);
    const runId = resume === undefined ? newRunId(new Date(), config.preset) : path.basename(resume);
    let runFolder = resume ?? runFolderOf(folder, runId);
    const cancel = new vscode.CancellationTokenSource();
    const stop = token.onCancellationRequested(() => cancel.cancel());
    const state: TrainingState = { progress: undefined, cancel: () => cancel.cancel() };
    this.training.set(runFolder, state);
    if (resume !== undefined) this.changes.tell(runFolder);
    const before = this.queue;
    let done = (): void => undefined;
    this.queue = new Promise<void>(resolve => (done = resolve));
    this.waiting++;
    try {
      if (this.waiting > 1) {
        listener.onProgress('waiting');
        await Promise.race([before, new Promise(resolve => cancel.token.onCancellationRequested(resolve))]);
      }
      if (cancel.token.isCancellationRequested) throw new vscode.CancellationError();
      if (resume === undefined) {
        // While it waited the settings may have named another folder for runs.
        this.training.delete(runFolder);
        runFolder = runFolderOf(folder, runId);
        this.training.set(runFolder, state);
      }
      const job = { folder, trainFile, runId, config, ...(resume !== undefined && { resume: true }) };
      return { runFolder, run: await this.trainNow(job, runFolder, state, cancel.token, listener) };
    } finally {
      this.training.delete(runFolder);
      stop.dispose();
      cancel.dispose();
      this.changes.tell(runFolder);
      this.ended.fire(runFolder);
      this.waiting--;
      // A training cancelled while it waited must not let the next one start beside the one that runs.
      void before.then(done);
    }
  }

  private async trainNow(
    job: TrainJob,
    runFolder: string,
    state: TrainingState,
    token: vscode.CancellationToken,
    listener: TrainingListener,
  ): Promise<RunRecord> {
    const { runId } = job;
    // The panel of a run that goes on is there before the run has started.
    let shown = job.resume ?? false;
    const child = this.processes.spawn({
      progress: progress => {
        state.progress = progress;
        listener.onProgress(progress);
        if (shown) this.progressed.fire({ runFolder, progress });
      },
      started: ({ config, engine }) => {
        shown = true;
        this.log.info(
          `Run ${runId}${job.resume ? ' goes on' : ''}: ${config.preset}, ${config.epochs} epochs, seed ${config.seed}, ${engineWords(engine)}`,
        );
        this.usedEngine.fire(engine);
        listener.onStarted(runFolder);
        this.changes.tell(runFolder);
      },
      epoch: epoch => {
        this.log.info(
          `Run ${runId}: epoch ${epoch.epoch}, accuracy ${epoch.accuracy.toFixed(4)}, ${epoch.valAccuracy === undefined ? '' : `validation ${epoch.valAccuracy.toFixed(4)}, `}${epoch.seconds.toFixed(1)} s`,
        );
        void this.changes.notice(runFolder);
      },
    });
    return this.processes.finish(child, child.train(job), token);
  }
}
