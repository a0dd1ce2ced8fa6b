import os from 'node:os';
import path from 'node:path';
import { readPixelFile } from '../core/csv/readPixelFile';
import { checkData } from '../core/data/checkData';
import { fullInk } from '../core/data/fullInk';
import { inkFreeBorder } from '../core/data/inkFreeBorder';
import { DigitsError, toErrorData } from '../core/errors';
import { fitNetwork, presets } from '../core/presets';
import { bestEpoch } from '../core/run/bestEpoch';
import { beat, createRunFolder, heartbeatSeconds, writeHistory, writePredictions, writeRun } from '../core/run/runFolder';
import type { EngineInfo, EpochRecord, RunRecord } from '../core/run/runRecord';
import { makeSchedule } from '../core/schedule';
import { splitRows } from '../core/split';
import type { TrainingEvents, TrainJob } from '../protocol/training';
import type { Kernels } from './engine/kernels';
import { stepsPerEpoch, trainEpoch, type TrainingImages } from './epoch';
import { saveModel } from './modelFile';
import { buildModel, chain, summarise } from './network/model';
import { Trainer } from './network/trainer';
import { Pace } from './pace';
import { predict, score } from './predict';
import { Throttle } from './throttle';

/** What a training needs of its process. */
export interface TrainingContext {
  readonly engine: EngineInfo;
  readonly kernels: Kernels;
  readonly events: TrainingEvents;
  readonly signal: AbortSignal;
}

/**
 * Trains as the job says and keeps everything in the run's folder as it goes: an epoch that ended is on disk. Resolves
 * with the run, cancelled ones included; throws after noting the error in the run.
 */
export async function train(job: TrainJob, context: TrainingContext): Promise<RunRecord> {
  const { events, signal, engine, kernels } = context;
  const { config } = job;
  const preset = presets[config.preset];
  const throttle = new Throttle();
  const data = await readTrainingData(job, context);

  const split = splitRows(data.classIndices.length, preset.validationShare, config.seed);
  // Kaggle's digits leave the border empty, other images do not.
  const crop = Math.min(preset.crop, inkFreeBorder(data.pixels, data.side));
  const network = chain(fitNetwork(preset.network, data.side - 2 * crop), crop, data.classes.length);
  const model = buildModel(network, data.side, config.seed);
  const trainer = new Trainer(model, network, preset, kernels, config.seed);
  const layers = summarise(model);
  let run: RunRecord = {
    version: 1,
    id: job.runId,
    status: 'training',
    created: new Date().toISOString(),
    config,
    data: {
      file: path.relative(job.folder, job.trainFile),
      fingerprint: data.fingerprint,
      rows: data.classIndices.length,
      side: data.side,
      classes: data.classes,
      classCounts: data.classCounts,
      maxPixel: data.maxPixel,
      warnings: data.rareLabels.map(({ message }) => message),
      trainingRows: split.training.length,
      validationRows: split.validation.length,
    },
    engine,
    layers,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    pid: process.pid,
    host: os.hostname(),
    seconds: 0,
  };
  const runFolder = await createRunFolder(job.folder, job.runId);
  await beat(runFolder);
  await writeRun(runFolder, run);
  events.started(run);
  // Where it fails, the next write of the run says why.
  const heartbeat = setInterval(() => void beat(runFolder).catch(() => undefined), heartbeatSeconds * 1000);

  const images: TrainingImages = { pixels: data.pixels, classes: data.classIndices, side: data.side, ink: fullInk(data.maxPixel), indices: split.training };
  const validationLabels = Uint16Array.from(split.validation, index => data.classIndices[index]!);
  const validationRows = Uint32Array.from(split.validation, index => data.rowNumbers[index]!);
  const history: EpochRecord[] = [];
  const steps = stepsPerEpoch(split.training.length, preset.batchSize);
  const schedule = makeSchedule(preset.schedule, steps * config.epochs);
  const began = performance.now();
  // Measured as it goes, for the time left.
  const pace = new Pace();
  let validationSeconds = 0;

  const end = async (status: 'done' | 'cancelled'): Promise<RunRecord> => {
    run = { ...run, status, seconds: (performance.now() - began) / 1000 };
    await writeRun(runFolder, run);
    return run;
  };

  try {
    for (let epoch = 1; epoch <= config.epochs && !signal.aborted; epoch++) {
      const epochBegan = performance.now();
      const result = await trainEpoch(trainer, images, preset, { seed: config.seed, epoch, schedule }, () => signal.aborted, (step, soFar) => {
        const stepSeconds = pace.step(epoch, step);
        if (stepSeconds === undefined) return;
        // A validation image costs about a third of a training image; known better after the first epoch.
        const validation = validationSeconds || (stepSeconds * split.validation.length) / preset.batchSize / 3;
        const left = (steps - step) * stepSeconds + (config.epochs - epoch) * steps * stepSeconds + (config.epochs - epoch + 1) * validation;
        throttle.run(() => events.progress({ phase: 'training', epoch, epochs: config.epochs, share: step / steps, loss: soFar.loss, accuracy: soFar.accuracy, secondsLeft: left }));
      });
      if (signal.aborted) break;

      const validationBegan = performance.now();
      const probabilities = await predict(model, images.pixels, images.side, images.ink, split.validation, signal, share =>
        throttle.run(() => events.progress({ phase: 'validating', epoch, epochs: config.epochs, share })),
      );
      const validation = score(probabilities, validationLabels);
      validationSeconds = (performance.now() - validationBegan) / 1000;
      schedule.endEpoch(validation.loss);

      const record = { epoch, ...result, valLoss: validation.loss, valAccuracy: validation.accuracy, seconds: 0 };
      const isBest = bestEpoch([...history, record]) === record;
      if (isBest) {
        await saveModel(model, path.join(runFolder, 'model'), epoch);
        await writePredictions(runFolder, 'validation', { rows: validationRows, labels: validationLabels, probabilities });
      }
      record.seconds = (performance.now() - epochBegan) / 1000;
      history.push(record);
      await writeHistory(runFolder, history);
      run = { ...run, seconds: (performance.now() - began) / 1000, ...(isBest && { bestEpoch: epoch, valAccuracy: validation.accuracy }) };
      await writeRun(runFolder, run);
      events.epoch(record);
    }
    return await end(signal.aborted ? 'cancelled' : 'done');
  } catch (error) {
    if (signal.aborted) return await end('cancelled');
    // Where even this can't be written (the disk is full), the run shows as interrupted.
    await writeRun(runFolder, { ...run, status: 'failed', error: toErrorData(error) }).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(heartbeat);
    trainer.dispose();
    model.dispose();
  }
}

async function readTrainingData({ trainFile, config }: TrainJob, { events, signal }: TrainingContext) {
  const file = path.basename(trainFile);
  const throttle = new Throttle();
  const data = await readPixelFile(trainFile, {
    ...(config.limit !== undefined && { limit: config.limit }),
    signal,
    onProgress: share => throttle.run(() => events.progress({ phase: 'reading', file, share })),
  });
  const [problem] = data.problems;
  if (problem) {
    const others = data.problemCount > 1 ? ` ${data.problemCount - 1} more rows of it can't be read either.` : '';
    throw new DigitsError('bad-row', problem.message + others, data.problems.map(({ message }) => message).join('\n'));
  }
  if (!data.labels) throw new DigitsError('mismatch', `${file} has no column "label", so there is nothing to learn from; choose a file with labels.`);
  const check = checkData(data, file);
  if (check.classes.length < 2) throw new DigitsError('mismatch', `${file} has images of one class only; training needs two or more.`);
  return { ...data, ...check, classIndices: check.classIndices!, side: data.format.side };
}
