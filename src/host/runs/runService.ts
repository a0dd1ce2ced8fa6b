import path from 'node:path';
import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { canResume } from '../../store/run/checkpoint';
import type { Evaluation } from '../../core/run/evaluation';
import { listEvaluations } from '../../store/run/evaluations';
import {
  dataFolderOf,
  listRuns,
  newRunId,
  readPredictions,
  runsFolder,
  type ListedRun,
} from '../../store/run/runFolder';
import type { EngineInfo, RunConfig, RunRecord, RunSummary } from '../../core/run/runRecord';
import { readRunSummary } from '../../store/run/readRunSummary';
import { engineWords } from '../../core/text';
import type {
  EvaluateJob,
  ExportJob,
  ExportResult,
  Progress,
  SubmitJob,
  SubmitResult,
  TrainingEvents,
  TrainJob,
} from '../../protocol/training';
import { TrainingProcess } from '../../processes/trainingProcess';
import type { DataSetService } from '../dataSets/dataSetService';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { ChosenFiles } from './chosenFiles';
import type { LoadedRun, RunAccess } from './runAccess';
import { RunChanges } from './runChanges';

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

interface TrainingState {
  progress: Progress | undefined;
  cancel(): void;
}

/** Training and prediction jobs of this window, one training at a time, and what their run folders hold. */
export class RunService extends Disposable implements RunAccess {
  private readonly changed = this.register(new vscode.EventEmitter<string>());
  private readonly progressed = this.register(
    new vscode.EventEmitter<{ readonly runFolder: string; readonly progress: Progress }>(),
  );
  readonly onDidChangeRun = this.changed.event;
  readonly onDidProgress = this.progressed.event;
  private readonly endedTraining = this.register(new vscode.EventEmitter<string>());
  readonly onDidEndTraining = this.endedTraining.event;
  private readonly usedEngine = this.register(new vscode.EventEmitter<EngineInfo>());
  /** What a training or a submission runs on. */
  readonly onDidUseEngine = this.usedEngine.event;

  private readonly bundle: string;
  private readonly log: Log;
  private readonly dataSets: DataSetService;
  private readonly chosen: ChosenFiles;
  readonly onDidChangeData: vscode.Event<void>;
  private readonly changes = this.register(new RunChanges(runFolder => this.changed.fire(runFolder)));
  private readonly processes = new Set<TrainingProcess>();
  /** What trains now or waits to, by run folder. */
  private readonly training = new Map<string, TrainingState>();
  /** Ends when every training asked for so far has ended. */
  private queue: Promise<unknown> = Promise.resolve();
  /** Trainings asked for that have not ended, the one that runs included. */
  private waiting = 0;

  /** `changedOnDisk` tells the folders of runs that change by whatever hand. */
  constructor(
    bundle: string,
    log: Log,
    changedOnDisk: vscode.Event<string>,
    dataSets: DataSetService,
    chosen: ChosenFiles,
  ) {
    super();
    this.chosen = chosen;
    this.bundle = bundle;
    this.log = log;
    this.dataSets = dataSets;
    this.onDidChangeData = dataSets.onDidChange;
    this.register(changedOnDisk(runFolder => void this.changes.notice(runFolder)));
  }

  async load(runFolder: string): Promise<LoadedRun> {
    const [summary, validation, evaluations] = await Promise.all([
      this.summary(runFolder),
      readPredictions(runFolder, 'validation'),
      listEvaluations(runFolder),
    ]);
    const dataFolder = dataFolderOf(runFolder);
    return {
      ...summary,
      validation,
      evaluations,
      dataFolder,
      testFile: (await this.dataSets.of(dataFolder))?.testFile,
    };
  }

  async summary(runFolder: string): Promise<RunSummary> {
    const summary = await readRunSummary(runFolder);
    this.changes.watch(runFolder, summary.run, this.trainsHere(runFolder));
    return summary;
  }

  /** Says that a run's folder was changed or deleted by this window: sooner than the file system tells. */
  tellChanged(runFolder: string): void {
    this.changes.tell(runFolder);
  }

  /** All runs of a data set that can be read, newest first. */
  async list(dataFolder: string): Promise<ListedRun[]> {
    const runs = await listRuns(dataFolder);
    for (const { runFolder, run } of runs) this.changes.watch(runFolder, run, this.trainsHere(runFolder));
    return runs;
  }

  mayRead(file: string): boolean {
    return this.chosen.has(file);
  }

  progress(runFolder: string): Progress | undefined {
    return this.training.get(runFolder)?.progress;
  }

  trainsHere(runFolder: string): boolean {
    return this.training.has(runFolder);
  }

  cancel(runFolder: string): void {
    this.training.get(runFolder)?.cancel();
  }

  /** Starts a training process with nothing to do yet; it belongs to the caller until it is given to {@link train}. */
  spawn(events: Partial<TrainingEvents> = {}): TrainingProcess {
    const child = new TrainingProcess(this.bundle, {
      progress: progress => events.progress?.(progress),
      started: run => events.started?.(run),
      epoch: epoch => events.epoch?.(epoch),
    });
    this.processes.add(child);
    return child;
  }

  /** Ends a process that {@link spawn} gave. */
  end(child: TrainingProcess): void {
    child.dispose();
    this.processes.delete(child);
  }

  /** The run ended before its last epoch and can go on; not while it does already, or waits to. */
  async canResume(runFolder: string, run: RunRecord): Promise<boolean> {
    return !this.trainsHere(runFolder) && canResume(runFolder, run);
  }

  /** Trains a new run, or goes on with one, once every training before it has ended; `onStarted` is told the run's folder. */
  async train(
    { trainFile, config, resume }: Training,
    token: vscode.CancellationToken,
    onStarted: (runFolder: string) => void,
    onProgress: (progress: Progress | 'waiting') => void,
  ): Promise<FinishedRun> {
    const folder = resume === undefined ? path.dirname(trainFile) : dataFolderOf(resume);
    const runId = resume === undefined ? newRunId(new Date(), config.preset) : path.basename(resume);
    const runFolder = path.join(runsFolder(folder), runId);
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
        onProgress('waiting');
        await Promise.race([before, new Promise(resolve => cancel.token.onCancellationRequested(resolve))]);
      }
      if (cancel.token.isCancellationRequested) throw new vscode.CancellationError();
      const job = { folder, trainFile, runId, config, ...(resume !== undefined && { resume: true }) };
      return { runFolder, run: await this.trainNow(job, state, cancel.token, () => onStarted(runFolder), onProgress) };
    } finally {
      this.training.delete(runFolder);
      stop.dispose();
      cancel.dispose();
      this.changes.tell(runFolder);
      this.endedTraining.fire(runFolder);
      this.waiting--;
      // A training cancelled while it waited must not let the next one start beside the one that runs.
      void before.then(done);
    }
  }

  /** Predicts a test file with a run's network and writes the submission. */
  async submit(
    job: SubmitJob,
    token: vscode.CancellationToken,
    onProgress: (progress: Progress) => void,
  ): Promise<SubmitResult> {
    const child = this.spawn({ progress: onProgress });
    const result = await this.finish(child, child.rpc.call('submit', job), token);
    this.usedEngine.fire(result.engine);
    return result;
  }

  /** Predicts a labelled file with a run's network; the run then has the evaluation. */
  async evaluate(
    job: EvaluateJob,
    token: vscode.CancellationToken,
    onProgress: (progress: Progress) => void,
  ): Promise<Evaluation> {
    const child = this.spawn({ progress: onProgress });
    const evaluation = await this.finish(child, child.rpc.call('evaluate', job), token);
    await this.chosen.add(job.file);
    this.changes.tell(job.runFolder);
    return evaluation;
  }

  /** Writes a run's network as files that others can use. */
  exportModel(job: ExportJob, token: vscode.CancellationToken): Promise<ExportResult> {
    const child = this.spawn();
    return this.finish(child, child.rpc.call('exportModel', job), token);
  }

  private async trainNow(
    job: TrainJob,
    state: TrainingState,
    token: vscode.CancellationToken,
    onStarted: () => void,
    onProgress: (progress: Progress) => void,
  ): Promise<RunRecord> {
    const { runId } = job;
    const runFolder = path.join(runsFolder(job.folder), runId);
    // The panel of a run that goes on is there before the run has started.
    let shown = job.resume ?? false;
    const child = this.spawn({
      progress: progress => {
        state.progress = progress;
        onProgress(progress);
        if (shown) this.progressed.fire({ runFolder, progress });
      },
      started: ({ config, engine }) => {
        shown = true;
        this.log.info(
          `Run ${runId}${job.resume ? ' goes on' : ''}: ${config.preset}, ${config.epochs} epochs, seed ${config.seed}, ${engineWords(engine)}`,
        );
        this.usedEngine.fire(engine);
        onStarted();
        this.changes.tell(runFolder);
      },
      epoch: epoch => {
        this.log.info(
          `Run ${runId}: epoch ${epoch.epoch}, accuracy ${epoch.accuracy.toFixed(4)}, ${epoch.valAccuracy === undefined ? '' : `validation ${epoch.valAccuracy.toFixed(4)}, `}${epoch.seconds.toFixed(1)} s`,
        );
        void this.changes.notice(runFolder);
      },
    });
    return this.finish(child, child.train(job), token);
  }

  /** Waits for a job and ends its process. */
  private async finish<T>(child: TrainingProcess, job: Promise<T>, token: vscode.CancellationToken): Promise<T> {
    const cancel = token.onCancellationRequested(() => child.cancel());
    try {
      return await job;
    } catch (error) {
      throw token.isCancellationRequested && !(error instanceof DigitsError && error.code !== 'cancelled')
        ? new vscode.CancellationError()
        : error;
    } finally {
      cancel.dispose();
      this.end(child);
    }
  }

  override dispose(): void {
    for (const child of this.processes) child.dispose();
    this.processes.clear();
    super.dispose();
  }
}
