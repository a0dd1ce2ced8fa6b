import os from 'node:os';
import path from 'node:path';
import type { FileContent } from '../../store/atomicFile';
import { DigitsError, toErrorData } from '../../core/errors';
import { chain } from '../../core/network';
import { resolvePreset } from '../../core/overrides';
import { processStart } from '../../store/processIdentity';
import { checkpointFile, deleteCheckpoint, readCheckpoint, type Checkpoint } from '../../store/run/checkpoint';
import { alreadyTrained, nextClaim } from '../../store/run/lease';
import { keptEpoch } from '../../core/run/keptEpoch';
import { removeLeftovers } from '../../store/run/runLeftovers';
import { createdAfter } from '../../core/run/newestFirst';
import {
  historyFile,
  listRuns,
  predictionsFile,
  readHistory,
  readRun,
  runFile,
  runsFolder,
} from '../../store/run/runFolder';
import type { EpochRecord, RunRecord } from '../../core/run/runRecord';
import { makeSchedule } from '../run/schedule';
import type { BuiltNetwork, NetworkPlan, TrainerState } from '../../protocol/worker';
import type { TrainingEvents, TrainJob } from '../../protocol/training';
import { WorkerGroup, layoutFor, type LayoutOf } from '../distributed/workerGroup';
import { composeWeights, modelFiles, removeOldWeights } from '../network/modelFile';
import { Pace } from '../run/pace';
import { predict, score } from '../distributed/predict';
import { RunKeeper } from '../run/runKeeper';
import { Throttle } from '../../core/throttle';
import { bestWeights } from '../distributed/trainer';
import { gather, readTrainingData, shareImages, type TrainingData } from '../data/trainingData';
import { requireOwnCheckpoint, requireSameImages } from '../run/checkResume';

/** What a training needs of its process. */
export interface TrainingContext {
  readonly events: TrainingEvents;
  readonly signal: AbortSignal;
}

/**
 * Trains as the job says and keeps everything in the run's folder as it goes: an epoch that ended is on disk. Resolves
 * with the run, cancelled ones included; throws after noting the error in the run.
 */
export async function train(job: TrainJob, context: TrainingContext): Promise<RunRecord> {
  const before = job.resume ? await readInterrupted(job) : undefined;
  const { config } = job;
  const preset = resolvePreset(config.preset, config.overrides);
  const layout: LayoutOf = before ? () => before.run.engine : layoutFor(preset.threads, config.overrides?.processes);
  // The engine starts while the data are read; nobody else waits for it when that fails.
  const starting = WorkerGroup.start(config.engine, layout, context.signal);
  starting.catch(() => undefined);
  try {
    const data = await readTrainingData(job, preset.validationShare, context.events, context.signal);
    if (before) requireSameImages(job.runId, before.run.data, data.record);
    await removeLeftovers(job.folder);
    const workers = await starting;
    return await new Training(job, context, workers, data).run(before);
  } finally {
    // Not waited for: a cancelled one has ended its workers already.
    void starting.then(
      workers => workers.dispose(),
      () => undefined,
    );
  }
}

/** A run that ended before its last epoch. */
interface Interrupted {
  readonly run: RunRecord;
  /** What to claim to go on with it. */
  readonly claim: number;
  readonly history: readonly EpochRecord[];
  /** The records of the run itself, which may lack the last epoch. */
  readonly noted: readonly EpochRecord[];
  readonly checkpoint: Checkpoint;
}

async function readInterrupted({ folder, runId }: TrainJob): Promise<Interrupted> {
  const runFolder = path.join(runsFolder(folder), runId);
  const claim = await nextClaim(runFolder);
  const run = await readRun(runFolder);
  if (run.status === 'training') throw alreadyTrained(runFolder);
  if (run.status === 'done')
    throw new DigitsError('mismatch', `Run ${runId} is done, there is nothing to resume; train anew for more epochs.`);
  const checkpoint = await readCheckpoint(runFolder);
  if (!checkpoint)
    throw new DigitsError(
      'no-run',
      `Run ${runId} ended before its first epoch, so there is nothing to resume; train anew.`,
    );
  const noted = await readHistory(runFolder).catch((error: unknown) => {
    // The checkpoint's own are as good.
    if (checkpoint.history) return [];
    throw error;
  });
  return { run, claim, history: checkpoint.history ?? noted.slice(0, checkpoint.epochs), noted, checkpoint };
}

/** One training: from data in memory to a run that is done. */
class Training {
  private readonly job: TrainJob;
  private readonly context: TrainingContext;
  private readonly workers: WorkerGroup;
  private readonly data: TrainingData;
  private readonly preset;
  private readonly runFolder: string;
  private readonly plan: NetworkPlan;
  private readonly epochs: number;
  private readonly throttle = new Throttle();
  private readonly validationPixels: Uint8Array;
  private readonly validationLabels: Uint16Array;
  private history: readonly EpochRecord[] = [];
  /** Weights of the networks that are finished, and the sum of what they say of the validation set. */
  private readonly finished: Float32Array[] = [];
  private finishedProbabilities: Float32Array | undefined;
  private validationSeconds = 0;

  constructor(job: TrainJob, context: TrainingContext, workers: WorkerGroup, data: TrainingData) {
    this.job = job;
    this.context = context;
    this.workers = workers;
    this.data = data;
    const { config } = job;
    this.preset = resolvePreset(config.preset, config.overrides);
    this.epochs = config.epochs * this.preset.networks;
    this.runFolder = path.join(runsFolder(job.folder), job.runId);
    // Kaggle's digits leave the border empty, other images do not.
    const layers = chain(
      this.preset.network,
      data.side,
      Math.min(this.preset.crop, data.border),
      data.record.classes.length,
    );
    this.plan = { layers, side: data.side, seed: config.seed, labelSmoothing: this.preset.labelSmoothing };
    this.validationPixels = gather(data.pixels, data.side ** 2, data.validation);
    this.validationLabels = Uint16Array.from(data.validation, index => data.classes[index]!);
  }

  async run(before: Interrupted | undefined): Promise<RunRecord> {
    const {
      job,
      workers,
      data,
      preset,
      context: { events, signal: cancelled },
    } = this;
    const { config } = job;
    let network = await this.build(before?.checkpoint.finished.length ?? 0);
    if (before)
      requireOwnCheckpoint(job.runId, before.checkpoint, before.noted, {
        ...preset,
        tensors: network.tensors,
        epochs: config.epochs,
      });
    const parameters = network.summary.reduce((sum, layer) => sum + layer.parameters, 0) * preset.networks;
    // Not what the run says: the process may have died before it noted the last epoch, or after it began to.
    const best = before && keptEpoch(before.history, before.run);
    const pidStart = await processStart(process.pid);
    let run: RunRecord = {
      version: 1,
      id: job.runId,
      status: 'training',
      created: before?.run.created ?? createdAfter((await listRuns(job.folder)).map(other => other.run)),
      config,
      data: data.record,
      engine: workers.engine,
      layers: network.summary,
      networks: preset.networks,
      parameters,
      keeps: preset.schedule.type === 'plateau' && data.validation.length > 0 ? 'best' : 'last',
      pid: process.pid,
      ...(pidStart !== undefined && { pidStart }),
      host: os.hostname(),
      seconds: before?.run.seconds ?? 0,
      ...(best && { bestEpoch: best.epoch }),
      ...(best?.valAccuracy !== undefined && { valAccuracy: best.valAccuracy }),
    };
    const keeper = await (before
      ? RunKeeper.resume(this.runFolder, before.claim, run)
      : RunKeeper.create(job.folder, run));
    const signal = AbortSignal.any([cancelled, keeper.lost]);
    events.started(run);
    const earlier = run.seconds;
    const began = performance.now();
    const end = async (status: 'done' | 'cancelled'): Promise<RunRecord> => {
      run = { ...run, status, seconds: earlier + (performance.now() - began) / 1000 };
      await keeper.write(runFile(this.runFolder, run));
      if (status === 'done') await deleteCheckpoint(this.runFolder);
      return run;
    };

    try {
      if (before) await keeper.write(historyFile(this.runFolder, before.history));
      const perMember = await shareImages(workers, data);
      const size = Math.min(Math.max(Math.round(preset.batchSize / workers.size), 1), perMember);
      const begin = (state?: TrainerState): Promise<unknown> =>
        workers.all('begin', shard => ({
          seed: config.seed,
          shard,
          shards: workers.size,
          size,
          ink: data.ink,
          augmentation: preset.augmentation,
          optimizer: preset.optimizer,
          averaging: preset.averaging,
          state,
        }));
      // Whole batches: the rest is left out, another one each epoch.
      const steps = Math.floor(perMember / size);
      let schedule = makeSchedule(preset.schedule, steps * config.epochs);
      await begin(before?.checkpoint.current);
      if (before) {
        await this.restore(before);
        for (const { loss, valLoss = loss } of this.history.slice(this.finished.length * config.epochs))
          schedule.endEpoch(valLoss);
      }
      const pace = new Pace();

      for (let epoch = this.history.length + 1; epoch <= this.epochs && !signal.aborted; epoch++) {
        const epochBegan = performance.now();
        const first = this.finished.length * config.epochs;
        const rates = Float64Array.from({ length: steps }, (_, step) =>
          schedule.rate((epoch - 1 - first) * steps + step),
        );
        const sums = await workers.epoch(epoch, rates, ({ steps: step, loss, correct, images }) => {
          const stepSeconds = pace.step(epoch, step);
          if (stepSeconds === undefined) return;
          // A validation image costs about a third of a training image; known better after the first epoch.
          const validation = this.validationSeconds || (stepSeconds * data.validation.length) / preset.batchSize / 3;
          const left =
            (steps - step) * stepSeconds +
            (this.epochs - epoch) * steps * stepSeconds +
            (this.epochs - epoch + 1) * validation;
          events.progress({
            phase: 'training',
            epoch,
            epochs: this.epochs,
            share: step / steps,
            loss: loss / images,
            accuracy: correct / images,
            secondsLeft: left,
          });
        });
        const trainSeconds = (performance.now() - epochBegan) / 1000;
        const state = await workers.one(0, 'state', undefined);
        const weights = bestWeights(state);
        const result = {
          loss: sums.loss / sums.images,
          accuracy: sums.correct / sums.images,
          learningRate: rates.reduce((total, rate) => total + rate, 0) / steps,
        };

        const validation = await this.validate(weights, epoch);
        schedule.endEpoch(validation?.score.loss ?? result.loss);
        const record = {
          epoch,
          ...result,
          ...(validation && { valLoss: validation.score.loss, valAccuracy: validation.score.accuracy }),
          trainSeconds,
          seconds: 0,
        };
        const kept = keptEpoch([...this.history, record], run) === record;
        const files: FileContent[] = kept
          ? await this.resultFiles(epoch, network, weights, validation?.probabilities)
          : [];
        const ended = epoch === first + config.epochs;
        if (ended) {
          this.finished.push(weights);
          if (validation) this.finishedProbabilities = validation.sum;
        }
        record.seconds = (performance.now() - epochBegan) / 1000;
        const history = [...this.history, record];
        const next = {
          ...run,
          seconds: earlier + (performance.now() - began) / 1000,
          ...(kept && { bestEpoch: epoch, ...(validation && { valAccuracy: validation.score.accuracy }) }),
        };
        // The checkpoint before history and run: an epoch has ended once it is there, and the others can be told from it.
        const checkpoint = checkpointFile(this.runFolder, {
          epochs: epoch,
          history,
          finished: this.finished,
          current: ended ? undefined : state,
        });
        await keeper.write(...files, checkpoint, historyFile(this.runFolder, history), runFile(this.runFolder, next));
        [this.history, run] = [history, next];
        if (kept) await removeOldWeights(this.runFolder);
        events.epoch(record);
        if (ended && epoch < this.epochs) {
          network = await this.build(this.finished.length);
          await begin();
          schedule = makeSchedule(preset.schedule, steps * config.epochs);
        }
      }
      keeper.lost.throwIfAborted();
      // Those of a training that died before it came to it.
      if (before && !cancelled.aborted) await removeOldWeights(this.runFolder);
      return await end(cancelled.aborted ? 'cancelled' : 'done');
    } catch (error) {
      if (cancelled.aborted) {
        return await end('cancelled').catch(async (unwritten: unknown) => {
          throw await keeper.reasonOf(unwritten, this.history.length);
        });
      }
      const reason = await keeper.reasonOf(error, this.history.length);
      // Where even this can't be written (the disk is full), the run shows as interrupted.
      await keeper
        .write(runFile(this.runFolder, { ...run, status: 'failed', error: toErrorData(reason) }))
        .catch(() => undefined);
      throw reason;
    } finally {
      keeper.dispose();
    }
  }

  /** Makes the `index`-th network in every worker. */
  private async build(index: number): Promise<BuiltNetwork> {
    // Far apart, so that the networks of one run are not those of the next seed.
    const [built] = await this.workers.all('build', () => ({ ...this.plan, seed: this.plan.seed + index * 100_003 }));
    return built!;
  }

  /** Puts back what an interrupted run had. */
  private async restore({ history, checkpoint }: Interrupted): Promise<void> {
    this.history = [...history];
    this.finished.push(...checkpoint.finished);
    for (const weights of this.finished) {
      if (this.validationLabels.length === 0) break;
      const probabilities = await this.predictValidation(weights, history.length);
      this.finishedProbabilities = sum(this.finishedProbabilities, probabilities);
    }
  }

  private async predictValidation(weights: Float32Array, epoch: number): Promise<Float32Array> {
    const {
      workers,
      data,
      context: { events, signal },
    } = this;
    const images = { pixels: this.validationPixels, side: data.side, ink: data.ink };
    return predict(workers, images, data.record.classes.length, weights, signal, share =>
      this.throttle.run(() => events.progress({ phase: 'validating', epoch, epochs: this.epochs, share })),
    );
  }

  /** What the finished networks and this one say of the validation set, averaged; undefined where no images were set aside. */
  private async validate(weights: Float32Array, epoch: number) {
    if (this.validationLabels.length === 0) return undefined;
    const began = performance.now();
    const total = sum(this.finishedProbabilities, await this.predictValidation(weights, epoch));
    const probabilities = total.map(value => value / (this.finished.length + 1));
    this.validationSeconds = (performance.now() - began) / 1000;
    return { sum: total, probabilities, score: score(probabilities, this.validationLabels) };
  }

  /** The model that averages the finished networks and this one, and what it says of the validation set. */
  private async resultFiles(
    epoch: number,
    { tensors }: BuiltNetwork,
    weights: Float32Array,
    probabilities: Float32Array | undefined,
  ): Promise<FileContent[]> {
    const networks = [...this.finished, weights];
    const { layers, side } = this.plan;
    const composed = await this.workers.one(0, 'compose', { layers, side, networks: networks.length });
    const model = modelFiles(
      this.runFolder,
      epoch,
      composed.topology,
      composeWeights(networks, tensors, composed.tensors),
    );
    if (probabilities === undefined) return [...model];
    const rows = Uint32Array.from(this.data.validation, index => this.data.rowNumbers[index]!);
    return [
      ...model,
      predictionsFile(this.runFolder, 'validation', { rows, labels: this.validationLabels, probabilities }),
    ];
  }
}

function sum(a: Float32Array | undefined, b: Float32Array): Float32Array {
  return a ? b.map((value, i) => value + a[i]!) : b;
}
