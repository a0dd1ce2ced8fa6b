import { resolveConfig, type ResolvedConfig } from '../../core/run/runConfig';
import type { RunRecord } from '../../core/run/runRecord';
import type { TrainingEvents, TrainJob } from '../../protocol/training';
import { removeRunLeftovers } from '../../store/run/runLeftovers';
import { readTrainingData, type TrainingData } from '../data/trainingData';
import { WorkerGroup, layoutFor, type LayoutOf } from '../distributed/workerGroup';
import { removeOldWeights } from '../network/modelFile';
import { requireOwnCheckpoint, requireSameImages } from '../run/checkResume';
import { Ensemble } from '../run/ensemble';
import { Epochs } from '../run/epochs';
import { firstRecord } from '../run/firstRecord';
import { readInterruptedRun, type InterruptedRun } from '../run/interruptedRun';
import { TrainingRun } from '../run/trainingRun';
import { Validation } from '../run/validation';

/** What a training needs from its process. */
export interface TrainingContext {
  readonly events: TrainingEvents;
  readonly signal: AbortSignal;
}

/**
 * Trains a run and writes each epoch to its folder as it ends. Resolves with the run, also when it is cancelled; throws
 * after noting the error in the run.
 */
export async function train(job: TrainJob, context: TrainingContext): Promise<RunRecord> {
  const before = job.resume ? await readInterruptedRun(job) : undefined;
  const config = resolveConfig(job.config);
  const layout: LayoutOf = before ? () => before.run.engine : layoutFor(config.threads, config.processes);
  // The engine starts while the data are read; if reading fails, nobody awaits it.
  const starting = WorkerGroup.start(config.engine, layout, context.signal);
  starting.catch(() => undefined);
  try {
    const data = await readTrainingData(job, config.validationShare, context.events, context.signal);
    if (before) requireSameImages(job.runId, { data: before.run.data, images: before.images }, data);
    await removeRunLeftovers(job.folder);
    const workers = await starting;
    return await trainOn({ job, config, data, workers, before }, context);
  } finally {
    // Not awaited: a cancel has ended the workers already.
    void starting.then(
      workers => workers.dispose(),
      () => undefined,
    );
  }
}

interface ReadyTraining {
  readonly job: TrainJob;
  readonly config: ResolvedConfig;
  readonly data: TrainingData;
  readonly workers: WorkerGroup;
  readonly before: InterruptedRun | undefined;
}

/** From data in memory to a run that is done. */
async function trainOn(ready: ReadyTraining, { events, signal: cancelled }: TrainingContext): Promise<RunRecord> {
  const { job, config, data, workers, before } = ready;
  const validation = new Validation(workers, data, cancelled, (epoch, share) =>
    events.progress({ phase: 'validating', epoch, epochs: config.totalEpochs, share }),
  );
  const ensemble = await Ensemble.build(workers, config, data, before?.checkpoint.finished ?? []);
  if (before)
    requireOwnCheckpoint(job.runId, before.checkpoint, before.noted, {
      ...config,
      tensors: ensemble.tensors,
      trainingRows: data.record.trainingRows,
    });
  const record = await firstRecord({ ...ready, engine: workers.engine, ensemble });
  const run = await TrainingRun.begin(job.folder, record, data.images, before);
  events.started(record);
  try {
    if (before) await run.restoreHistory();
    const context = { config, data, workers, ensemble, validation, run, events };
    const epochs = await Epochs.begin(context, before?.checkpoint.current);
    const signal = AbortSignal.any([cancelled, run.lost]);
    while (run.history.length < config.totalEpochs && !signal.aborted) await epochs.next();
    run.lost.throwIfAborted();
    // A training that died may have left old weights behind.
    if (before && !cancelled.aborted) await removeOldWeights(run.folder);
    return await run.end(cancelled.aborted ? 'cancelled' : 'done');
  } catch (error) {
    if (cancelled.aborted) return await run.cancel();
    throw await run.fail(error);
  } finally {
    run.dispose();
  }
}
