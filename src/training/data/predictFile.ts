import path from 'node:path';
import { readPixelFile } from '../../store/pixelFile/readPixelFile';
import type { PixelFile } from '../../core/csv/pixelFile';
import { fitImages, fitted, type ImageFit } from '../../core/data/fitImages';
import { layoutOf } from '../../core/data/layout';
import { orientationNotes } from '../../core/data/orientation';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { requireFinite } from '../../core/finite';
import { readHistory, readRun } from '../../store/run/runFolder';
import type { EngineInfo, RunRecord } from '../../core/run/runRecord';
import type { TrainingEvents } from '../../protocol/training';
import type { NetworkFit } from '../network/checkModel';
import { WorkerGroup, layoutFor } from '../distributed/workerGroup';
import { readModel, unreadableModel, type RunModel } from '../network/modelFile';
import { predict } from '../distributed/predict';
import { Throttle } from '../../core/throttle';

/** A run whose network exists. */
export type UsableRun = RunRecord & { readonly bestEpoch: number };

/** The record of a run that has a network. Throws `no-run` where it has none. */
export async function readUsableRun(runFolder: string): Promise<UsableRun> {
  const run = await readRun(runFolder);
  const { bestEpoch } = run;
  if (bestEpoch === undefined)
    throw new DigitsError(
      'no-run',
      sentence`Run ${run.id} ended before its first epoch and has no network; train again.`,
    );
  return { ...run, bestEpoch };
}

/** A run and its network, both of one epoch. */
export interface UsableNetwork {
  readonly run: UsableRun;
  readonly model: RunModel;
}

/** How often the record is read again while it is of another epoch than the weights: one that trains writes it right behind them. */
const attempts = 50;
/** In ms. */
const pause = 100;

/**
 * Reads a run and its network, also while it trains. Where its process died between the two, the record is that of the
 * weights' epoch, as resuming would restore it. Throws as {@link readUsableRun} and {@link readModel} do.
 */
export async function readNetwork(runFolder: string): Promise<UsableNetwork> {
  for (let attempt = 1; ; attempt++) {
    const run = await readUsableRun(runFolder);
    const model = await readModel(runFolder, fitOf(run));
    if (model.epoch === run.bestEpoch) return { run, model };
    if (attempt === attempts || run.status !== 'training') {
      const noted = (await readHistory(runFolder)).find(({ epoch }) => epoch === model.epoch);
      // Not that of the epoch before, where the history has none of this one.
      return { run: { ...run, bestEpoch: model.epoch, valAccuracy: noted?.valAccuracy } as UsableRun, model };
    }
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

/** What the network of a run takes and gives. */
export function fitOf({ data }: RunRecord): NetworkFit {
  return { side: data.side, classes: data.classes.length };
}

/** The images of a file, and how they are given to a run's network. */
export interface FittedFile {
  /** The file's name. */
  readonly file: string;
  readonly data: PixelFile;
  readonly fit: ImageFit;
}

/** All images of a pixel CSV for a run's network. Throws where a row can't be read, and as {@link fitImages} does. */
export async function readImagesFor(
  run: RunRecord,
  pixelFile: string,
  events: TrainingEvents,
  signal: AbortSignal,
): Promise<FittedFile> {
  const file = path.basename(pixelFile);
  const throttle = new Throttle();
  const data = await readPixelFile(pixelFile, {
    signal,
    onProgress: share => throttle.run(() => events.progress({ phase: 'reading', file, share })),
  });
  const layout = layoutOf(data.pixels, data.format.side, data.maxPixel);
  const fit = fitImages(run.data, layout, data.rowNumbers.length, { file, network: `run ${run.id}` });
  const [problem] = data.problems;
  // Every row needs an answer: none can be left out.
  if (problem)
    throw new DigitsError('bad-row', problem.message, data.problems.map(({ message }) => message).join('\n'));
  return { file, data, fit };
}

/** What a run's kept weights say of images. */
export interface FilePredictions {
  /** [images, classes] in one array. */
  readonly probabilities: Float32Array;
  /** What a person should know of how the images fit the network, as full sentences. */
  readonly notes: readonly string[];
  /** Wall time of the prediction alone. */
  readonly seconds: number;
  readonly engine: EngineInfo;
}

/** Predicts images with a run's kept weights, on the fastest engine there is. Throws `diverged` where that gives no numbers. */
export async function predictImages(
  runFolder: string,
  { run, model }: UsableNetwork,
  { file, data, fit }: FittedFile,
  events: TrainingEvents,
  signal: AbortSignal,
): Promise<FilePredictions> {
  const throttle = new Throttle();
  const workers = await WorkerGroup.start('auto', layoutFor('one'), signal);
  try {
    await workers
      .all('load', () => model)
      .catch((error: unknown) => {
        throw signal.aborted ? error : unreadableModel(runFolder, error);
      });
    const began = performance.now();
    const classes = run.data.classes.length;
    const { side } = data.format;
    const predictPixels = (pixels: Uint8Array, onProgress: (share: number) => void): Promise<Float32Array> =>
      predict(workers, { pixels, side, ink: fit.ink }, classes, undefined, signal, onProgress);
    const pixels = fitted(data.pixels, fit);
    const probabilities = await predictPixels(pixels, share =>
      throttle.run(() => events.progress({ phase: 'predicting', share })),
    );
    requireFinite(probabilities, `of run ${run.id}`);
    const seconds = (performance.now() - began) / 1000;
    const lying = await orientationNotes(pixels, side, classes, { file, network: `run ${run.id}` }, some =>
      predictPixels(some, () => undefined),
    );
    return { probabilities, notes: [...fit.notes, ...lying], seconds, engine: workers.engine };
  } finally {
    workers.dispose();
  }
}
