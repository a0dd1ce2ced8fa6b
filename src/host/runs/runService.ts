import path from 'node:path';
import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import type { Evaluation } from '../../core/run/evaluation';
import { listEvaluations } from '../../core/run/evaluations';
import { dataFolderOf, listRuns, newRunId, readHistory, readPredictions, readRun, runsFolder } from '../../core/run/runFolder';
import type { EngineInfo, EpochRecord, RunConfig, RunRecord } from '../../core/run/runRecord';
import { describeEngine } from '../../core/text';
import type { EvaluateJob, ExportJob, ExportResult, Progress, SubmitJob, SubmitResult, TrainingEvents } from '../../protocol/training';
import { TrainingProcess } from '../../protocol/trainingProcess';
import type { DataSetService } from '../dataSets/dataSetService';
import type { Log } from '../log';
import type { LoadedRun, RunAccess } from './runAccess';

/** How long a cancelled job may take to end by itself, in ms: a step of large images and the files of an epoch take their time. */
const grace = 10_000;
/** How often runs that train elsewhere are looked at, in ms: the one who trains may go without a word. */
const lookAgain = 5000;

/** Training and prediction jobs of this window, one training at a time, and what their run folders hold. */
export class RunService implements RunAccess, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly progressed = new vscode.EventEmitter<{ readonly runFolder: string; readonly progress: Progress }>();
  private readonly endedEpoch = new vscode.EventEmitter<{ readonly runFolder: string; readonly epoch: EpochRecord }>();
  readonly onDidChangeRun = this.changed.event;
  readonly onDidProgress = this.progressed.event;
  readonly onDidEndEpoch = this.endedEpoch.event;
  private readonly endedTraining = new vscode.EventEmitter<string>();
  readonly onDidEndTraining = this.endedTraining.event;

  private readonly bundle: string;
  private readonly log: Log;
  private readonly dataSets: DataSetService;
  private readonly subscription: vscode.Disposable;
  readonly onDidChangeData: vscode.Event<void>;
  /** Folders of runs that another window or program trains. */
  private readonly elsewhere = new Set<string>();
  private readonly timer: NodeJS.Timeout;
  private readonly processes = new Set<TrainingProcess>();
  /** What trains now, by run folder. */
  private readonly training = new Map<string, { progress: Progress | undefined; cancel(): void }>();
  /** Ends when every training asked for so far has ended. */
  private queue: Promise<unknown> = Promise.resolve();
  /** Trainings asked for that have not ended, the one that runs included. */
  private waiting = 0;

  /** `changedOnDisk` tells the folders of runs that change by whatever hand. */
  constructor(bundle: string, log: Log, changedOnDisk: vscode.Event<string>, dataSets: DataSetService) {
    this.bundle = bundle;
    this.log = log;
    this.dataSets = dataSets;
    this.onDidChangeData = dataSets.onDidChange;
    this.timer = setInterval(() => void this.checkElsewhere(), lookAgain);
    this.subscription = changedOnDisk(runFolder => this.changed.fire(runFolder));
  }

  async load(runFolder: string): Promise<LoadedRun> {
    const [run, history, validation, evaluations] = await Promise.all([readRun(runFolder), readHistory(runFolder), readPredictions(runFolder, 'validation'), listEvaluations(runFolder)]);
    this.note(runFolder, run);
    const dataFolder = dataFolderOf(runFolder);
    return { run, history, validation, evaluations, dataFolder, testFile: (await this.dataSets.of(dataFolder))?.testFile };
  }

  /** All runs of a data set that can be read, newest first. */
  async list(dataFolder: string): Promise<{ readonly runFolder: string; readonly run: RunRecord }[]> {
    const runs = await listRuns(dataFolder);
    for (const { runFolder, run } of runs) this.note(runFolder, run);
    return runs;
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

  /** Trains once every training before it has ended; `onStarted` is told the run's folder. */
  async train(
    trainFile: string,
    config: RunConfig,
    token: vscode.CancellationToken,
    onStarted: (runFolder: string) => void,
    onProgress: (progress: Progress | 'waiting') => void,
  ): Promise<{ readonly runFolder: string; readonly run: RunRecord }> {
    const before = this.queue;
    let done = (): void => undefined;
    this.queue = new Promise<void>(resolve => (done = resolve));
    this.waiting++;
    try {
      if (this.waiting > 1) {
        onProgress('waiting');
        await Promise.race([before, new Promise(resolve => token.onCancellationRequested(resolve))]);
      }
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      return await this.trainNow(trainFile, config, token, onStarted, onProgress);
    } finally {
      this.waiting--;
      // A training cancelled while it waited must not let the next one start beside the one that runs.
      void before.then(done);
    }
  }

  /** Predicts a test file with a run's network and writes the submission. */
  submit(job: SubmitJob, token: vscode.CancellationToken, onProgress: (progress: Progress) => void): Promise<SubmitResult> {
    const child = this.spawn({ progress: onProgress });
    return this.finish(child, child.rpc.call('submit', job), token);
  }

  /** Predicts a labelled file with a run's network; the run then has the evaluation. */
  async evaluate(job: EvaluateJob, token: vscode.CancellationToken, onProgress: (progress: Progress) => void): Promise<Evaluation> {
    const child = this.spawn({ progress: onProgress });
    const evaluation = await this.finish(child, child.rpc.call('evaluate', job), token);
    this.changed.fire(job.runFolder);
    return evaluation;
  }

  /** Writes a run's network as files that others can use. */
  exportModel(job: ExportJob, token: vscode.CancellationToken): Promise<ExportResult> {
    const child = this.spawn();
    return this.finish(child, child.rpc.call('exportModel', job), token);
  }

  private async trainNow(
    trainFile: string,
    config: RunConfig,
    token: vscode.CancellationToken,
    onStarted: (runFolder: string) => void,
    onProgress: (progress: Progress) => void,
  ): Promise<{ readonly runFolder: string; readonly run: RunRecord }> {
    const folder = path.dirname(trainFile);
    const runId = newRunId(new Date(), config.preset);
    const runFolder = path.join(runsFolder(folder), runId);
    const cancelFromPanel = new vscode.CancellationTokenSource();
    const stop = token.onCancellationRequested(() => cancelFromPanel.cancel());
    const state: { progress: Progress | undefined; cancel(): void } = { progress: undefined, cancel: () => cancelFromPanel.cancel() };
    this.training.set(runFolder, state);
    let run: RunRecord | undefined;
    const child = this.spawn({
      progress: progress => {
        state.progress = progress;
        onProgress(progress);
        if (run) this.progressed.fire({ runFolder, progress });
      },
      started: started => {
        run = started;
        this.log.info(`Run ${started.id}: ${started.config.preset}, ${started.config.epochs} epochs, seed ${started.config.seed}, ${describe(started.engine)}`);
        onStarted(runFolder);
        this.changed.fire(runFolder);
      },
      epoch: epoch => {
        this.log.info(`Run ${runId}: epoch ${epoch.epoch}, accuracy ${epoch.accuracy.toFixed(4)}, ${epoch.valAccuracy === undefined ? '' : `validation ${epoch.valAccuracy.toFixed(4)}, `}${epoch.seconds.toFixed(1)} s`);
        this.endedEpoch.fire({ runFolder, epoch });
        this.changed.fire(runFolder);
      },
    });
    try {
      run = await this.finish(child, child.rpc.call('train', { folder, trainFile, runId, config }), cancelFromPanel.token);
      return { runFolder, run };
    } finally {
      this.training.delete(runFolder);
      stop.dispose();
      cancelFromPanel.dispose();
      if (run) this.changed.fire(runFolder);
      this.endedTraining.fire(runFolder);
    }
  }

  private note(runFolder: string, { status }: RunRecord): void {
    if (status === 'training' && !this.training.has(runFolder)) this.elsewhere.add(runFolder);
    else this.elsewhere.delete(runFolder);
  }

  /** Notices those whose training process is gone: nothing on disk tells. */
  private async checkElsewhere(): Promise<void> {
    for (const runFolder of this.elsewhere) {
      const status = await readRun(runFolder).then(run => run.status, () => undefined);
      if (status === 'training') continue;
      this.elsewhere.delete(runFolder);
      this.changed.fire(runFolder);
    }
  }

  /** Waits for a job and ends its process; a cancelled job has a moment to end by itself. */
  private async finish<T>(child: TrainingProcess, job: Promise<T>, token: vscode.CancellationToken): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const cancel = token.onCancellationRequested(() => {
      child.rpc.notify('cancel', undefined);
      timer = setTimeout(() => this.end(child), grace);
    });
    try {
      return await job;
    } catch (error) {
      throw token.isCancellationRequested && !(error instanceof DigitsError && error.code !== 'cancelled') ? new vscode.CancellationError() : error;
    } finally {
      clearTimeout(timer);
      cancel.dispose();
      this.end(child);
    }
  }

  dispose(): void {
    for (const child of this.processes) child.dispose();
    this.processes.clear();
    clearInterval(this.timer);
    this.subscription.dispose();
    this.changed.dispose();
    this.progressed.dispose();
    this.endedEpoch.dispose();
    this.endedTraining.dispose();
  }
}

function describe(engine: EngineInfo): string {
  return `${engine.name} engine (${describeEngine(engine)})${engine.note === undefined ? '' : `: ${engine.note}`}`;
}
