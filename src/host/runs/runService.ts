import * as vscode from 'vscode';
import type { EngineInfo, RunRecord } from '../../core/run/runRecord';
import type { TrainingProcess } from '../../processes/trainingProcess';
import type {
  EvaluateJob,
  EvaluateResult,
  ExportJob,
  ExportResult,
  Progress,
  SubmitJob,
  SubmitResult,
} from '../../protocol/training';
import { canResume } from '../../store/run/checkpoint';
import { listRuns, type ListedRun } from '../../store/run/runFolder';
import type { DataSetService } from '../dataSets/dataSetService';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { ChosenFiles } from './chosenFiles';
import { JobProcesses } from './jobProcesses';
import type { RunAccess } from './runAccess';
import { RunChanges } from './runChanges';
import { TrainingQueue, type FinishedRun, type Training, type TrainingListener } from './trainingQueue';

/** Trainings and predictions of this window, and the changes of run folders by whatever hand. */
export class RunService extends Disposable implements RunAccess {
  private readonly changed = this.register(new vscode.EventEmitter<string>());
  readonly onDidChangeRun = this.changed.event;
  private readonly usedEngine = this.register(new vscode.EventEmitter<EngineInfo>());
  /** What a training or a submission runs on. */
  readonly onDidUseEngine = this.usedEngine.event;
  readonly onDidChangeData: vscode.Event<void>;

  private readonly dataSets: DataSetService;
  private readonly chosen: ChosenFiles;
  private readonly changes = this.register(new RunChanges(runFolder => this.changed.fire(runFolder)));
  private readonly processes: JobProcesses;
  private readonly trainings: TrainingQueue;
  readonly onDidProgress: RunAccess['onDidProgress'];
  readonly onDidEndTraining: vscode.Event<string>;

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
    this.dataSets = dataSets;
    this.processes = this.register(new JobProcesses(bundle));
    this.trainings = this.register(new TrainingQueue(this.processes, this.changes, log));
    this.onDidProgress = this.trainings.onDidProgress;
    this.onDidEndTraining = this.trainings.onDidEnd;
    this.onDidChangeData = dataSets.onDidChange;
    this.register(this.trainings.onDidUseEngine(engine => this.usedEngine.fire(engine)));
    this.register(changedOnDisk(runFolder => void this.changes.notice(runFolder)));
  }

  watch(runFolder: string, run: RunRecord): void {
    this.changes.watch(runFolder, run, this.trainsHere(runFolder));
  }

  async testFile(dataFolder: string): Promise<string | undefined> {
    return (await this.dataSets.of(dataFolder))?.testFile;
  }

  /** Says that a run's folder was changed or deleted by this window: sooner than the file system tells. */
  tellChanged(runFolder: string): void {
    this.changes.tell(runFolder);
  }

  /** All runs of a data set that can be read, newest first. */
  async list(dataFolder: string): Promise<readonly ListedRun[]> {
    const runs = await listRuns(dataFolder);
    for (const { runFolder, run } of runs) this.watch(runFolder, run);
    return runs;
  }

  mayRead(file: string): boolean {
    return this.chosen.has(file);
  }

  progress(runFolder: string): Progress | undefined {
    return this.trainings.progress(runFolder);
  }

  trainsHere(runFolder: string): boolean {
    return this.trainings.has(runFolder);
  }

  cancel(runFolder: string): void {
    this.trainings.cancel(runFolder);
  }

  /** Starts a training process with nothing to do yet, for the caller to {@link end}. */
  spawn(): TrainingProcess {
    return this.processes.spawn();
  }

  /** Ends a process that {@link spawn} gave. */
  end(child: TrainingProcess): void {
    this.processes.end(child);
  }

  /** The run ended before its last epoch and can go on; not while it does already, or waits to. */
  async canResume(runFolder: string, run: RunRecord): Promise<boolean> {
    return !this.trainsHere(runFolder) && canResume(runFolder, run);
  }

  /** Trains a new run, or goes on with one, once every training before it has ended. */
  train(training: Training, token: vscode.CancellationToken, listener: TrainingListener): Promise<FinishedRun> {
    return this.trainings.train(training, token, listener);
  }

  /** Predicts a test file with a run's network and writes the submission. */
  async submit(
    job: SubmitJob,
    token: vscode.CancellationToken,
    onProgress: (progress: Progress) => void,
  ): Promise<SubmitResult> {
    const child = this.processes.spawn({ progress: onProgress });
    const result = await this.processes.finish(child, child.rpc.call('submit', job), token);
    this.usedEngine.fire(result.engine);
    return result;
  }

  /** Predicts a labelled file with a run's network; the run then has the evaluation. */
  async evaluate(
    job: EvaluateJob,
    token: vscode.CancellationToken,
    onProgress: (progress: Progress) => void,
  ): Promise<EvaluateResult> {
    const child = this.processes.spawn({ progress: onProgress });
    const evaluation = await this.processes.finish(child, child.rpc.call('evaluate', job), token);
    await this.chosen.add(job.file);
    this.changes.tell(job.runFolder);
    return evaluation;
  }

  /** Writes a run's network as files that others can use. */
  exportModel(job: ExportJob, token: vscode.CancellationToken): Promise<ExportResult> {
    const child = this.processes.spawn();
    return this.processes.finish(child, child.rpc.call('exportModel', job), token);
  }
}
