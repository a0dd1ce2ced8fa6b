import { areFinite } from '../../core/finite';
import { keptEpoch } from '../../core/run/keptEpoch';
import type { ResolvedConfig } from '../../core/run/runConfig';
import type { EpochRecord } from '../../core/run/runRecord';
import type { TrainingEvents } from '../../protocol/training';
import type { TrainerState } from '../../protocol/worker';
import { shareImages, type TrainingData } from '../data/trainingData';
import { bestWeights } from '../distributed/trainer';
import type { WorkerGroup } from '../distributed/workerGroup';
import { diverged, notFinite } from './diverged';
import type { Ensemble } from './ensemble';
import { Pace } from './pace';
import { makeSchedule, type Schedule } from './schedule';
import type { TrainingRun } from './trainingRun';
import type { Validation } from './validation';

/** What the epochs of a run are trained with. */
export interface EpochContext {
  readonly config: ResolvedConfig;
  readonly data: TrainingData;
  readonly workers: WorkerGroup;
  readonly ensemble: Ensemble;
  readonly validation: Validation;
  readonly run: TrainingRun;
  readonly events: TrainingEvents;
}

/** Trains the epochs of a run, network after network. */
export class Epochs {
  private readonly context: EpochContext;
  private readonly pace = new Pace();
  /** Images of a batch in each worker. */
  private readonly size: number;
  /** Whole batches of an epoch: the rest is left out, a different one each time. */
  private readonly steps: number;
  private schedule: Schedule;

  private constructor(context: EpochContext, perWorker: number) {
    const { config, workers } = context;
    this.context = context;
    this.size = Math.min(Math.max(Math.round(config.batchSize / workers.size), 1), perWorker);
    this.steps = Math.floor(perWorker / this.size);
    this.schedule = this.newSchedule();
  }

  /** Gives the workers their images and begins, or goes on from the `state` of the current network. */
  static async begin(context: EpochContext, state: TrainerState | undefined): Promise<Epochs> {
    const { config, data, ensemble, run, validation, workers } = context;
    const epochs = new Epochs(context, await shareImages(workers, data));
    await epochs.beginNetwork(state);
    await validation.restore(ensemble.finished, run.history.length);
    for (const { loss, valLoss = loss } of run.history.slice(ensemble.finished.length * config.epochs))
      epochs.schedule.endEpoch(valLoss);
    return epochs;
  }

  /** Trains and keeps the next epoch of the run. */
  async next(): Promise<void> {
    const { config, ensemble, events, run, validation, workers } = this.context;
    const began = performance.now();
    const epoch = run.history.length + 1;
    const result = await this.train(epoch);
    const trainSeconds = (performance.now() - began) / 1000;

    const state = await workers.one(0, 'state', undefined);
    const weights = bestWeights(state);
    const wrong = Number.isFinite(result.loss) ? notFinite(state) : 'its loss is no longer a finite number';
    if (wrong !== undefined) throw diverged(epoch, wrong, run.record.bestEpoch);
    const validated = await validation.measure(weights, epoch);
    if (validated && !areFinite(validated.probabilities))
      throw diverged(epoch, 'its predictions are no longer finite numbers', run.record.bestEpoch);
    this.schedule.endEpoch(validated?.loss ?? result.loss);
    const measured = {
      epoch,
      ...result,
      ...(validated && { valLoss: validated.loss, valAccuracy: validated.accuracy }),
      trainSeconds,
      seconds: 0,
    };
    const isKept = keptEpoch([...run.history, measured], run.record) === measured;
    const kept = isKept
      ? [
          ...(await ensemble.modelFiles(run.folder, epoch, weights)),
          ...(validated ? [validation.file(run.folder, epoch, validated)] : []),
        ]
      : undefined;
    const networkEnded = epoch % config.epochs === 0;
    if (networkEnded) {
      ensemble.finish(weights);
      if (validated) validation.finish(validated);
    }
    const record = { ...measured, seconds: (performance.now() - began) / 1000 };
    const checkpoint = { finished: ensemble.finished, current: networkEnded ? undefined : state };
    await run.endEpoch({ record, kept, checkpoint });
    events.epoch(record);
    if (networkEnded && epoch < config.totalEpochs) {
      await ensemble.buildNext();
      await this.beginNetwork();
      this.schedule = this.newSchedule();
    }
  }

  private newSchedule(): Schedule {
    const { schedule, epochs } = this.context.config;
    return makeSchedule(schedule, this.steps * epochs);
  }

  private async beginNetwork(state?: TrainerState): Promise<void> {
    const {
      config: { seed, augmentation, optimizer, emaDecay, batchNormMomentum },
      data: { ink },
      workers,
    } = this.context;
    await workers.all('begin', shard => ({
      seed,
      shard,
      shards: workers.size,
      size: this.size,
      ink,
      augmentation,
      optimizer,
      emaDecay,
      batchNormMomentum,
      state,
    }));
  }

  /** Trains one epoch in all workers. */
  private async train(epoch: number): Promise<Pick<EpochRecord, 'loss' | 'accuracy' | 'learningRate'>> {
    const { config, ensemble, events, workers } = this.context;
    const { steps } = this;
    const ofNetwork = epoch - 1 - ensemble.finished.length * config.epochs;
    const rates = Float64Array.from({ length: steps }, (_, step) => this.schedule.rate(ofNetwork * steps + step));
    const sums = await workers.epoch(epoch, rates, ({ steps: step, loss, correct, images }) => {
      const stepSeconds = this.pace.step(epoch, step);
      if (stepSeconds === undefined) return;
      events.progress({
        phase: 'training',
        epoch,
        epochs: config.totalEpochs,
        share: step / steps,
        loss: loss / images,
        accuracy: correct / images,
        secondsLeft: this.secondsLeft(epoch, step, stepSeconds),
      });
    });
    return {
      loss: sums.loss / sums.images,
      accuracy: sums.correct / sums.images,
      learningRate: rates.reduce((total, rate) => total + rate, 0) / steps,
    };
  }

  private secondsLeft(epoch: number, step: number, stepSeconds: number): number {
    const { config, data, validation } = this.context;
    // Until it is measured: a validation image takes about a third of the time of a training image.
    const perValidation = validation.seconds || (stepSeconds * data.validation.length) / config.batchSize / 3;
    const epochsAfter = config.totalEpochs - epoch;
    return (this.steps - step + epochsAfter * this.steps) * stepSeconds + (epochsAfter + 1) * perValidation;
  }
}
