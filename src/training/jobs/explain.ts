import { fullInk } from '../../core/data/fullInk';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { requireFinite } from '../../core/finite';
import { findNearest, scaleToUnit } from '../data/nearest';
import { coverImage, occlusionGrid, occlusionMap, type OcclusionMap } from '../../core/occlusion';
import { untilAborted } from '../../core/untilAborted';
import type { ExplainEvents, ExplainJob, ExplainMethods, Neighbours } from '../../protocol/explain';
import { WorkerGroup, layoutFor } from '../distributed/workerGroup';
import { unreadableModel } from '../network/modelFile';
import { readNetwork, type UsableRun } from '../data/predictFile';
import { gather } from '../data/trainingData';
import { readTrainingFeatures, type TrainingFeatures } from '../data/trainingFeatures';
import { checkTrainFile } from '../../store/run/trainingFile';

/** Covered images of one call: a cancel waits for it. */
const chunk = 64;
const neighbours = 12;
/** How long the training images are still looked at when nobody asks for neighbours any more, in ms: the next image's question comes right behind. */
const grace = 2000;

/** The methods of a process that serves a finished run. */
export function explainMethods(events: ExplainEvents): ExplainMethods {
  let served: Promise<ServedRun> | undefined;
  const jobs = new Map<number, AbortController>();
  const answer = async <T>(
    { id, pixels, images = 1 }: ExplainJob,
    work: (run: ServedRun, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    if (!served) throw new Error('no run is open');
    const job = new AbortController();
    jobs.set(id, job);
    try {
      const open = await served;
      const { id: runId, data } = open.run;
      if (pixels.length !== images * data.side ** 2)
        throw new DigitsError(
          'mismatch',
          sentence`Run ${runId} was trained on images of another size; choose a run of this data set.`,
        );
      return await work(open, job.signal);
    } finally {
      jobs.delete(id);
    }
  };
  return {
    open: async ({ runFolder }) => {
      served = ServedRun.open(runFolder, events);
      const { workers, run } = await served;
      return { engine: workers.engine, epoch: run.bestEpoch };
    },
    probabilities: job => answer(job, run => run.predict(job.pixels, job.ink)),
    occlusion: job => answer(job, (run, signal) => run.occlusion(job, signal)),
    neighbours: job => answer(job, (run, signal) => run.neighbours(job, signal)),
    cancel: id => jobs.get(id)?.abort(new DigitsError('cancelled', sentence`The question was cancelled.`)),
  };
}

class ServedRun {
  readonly workers: WorkerGroup;
  readonly run: UsableRun;
  private readonly runFolder: string;
  private readonly events: ExplainEvents;
  private readonly ink: number;
  private features: FeaturesUnderWay | undefined;
  /** Questions that wait for the training images. */
  private waiting = 0;

  private constructor(workers: WorkerGroup, runFolder: string, run: UsableRun, events: ExplainEvents) {
    this.workers = workers;
    this.runFolder = runFolder;
    this.run = run;
    this.events = events;
    this.ink = fullInk(run.data.maxPixel);
  }

  /** One process is enough for an image at a time; its kernels may take all cores. */
  static async open(runFolder: string, events: ExplainEvents): Promise<ServedRun> {
    const { run, model } = await readNetwork(runFolder);
    const workers = await WorkerGroup.start('auto', layoutFor('all', 1));
    try {
      await workers.one(0, 'load', model);
    } catch (error) {
      workers.dispose();
      throw unreadableModel(runFolder, error);
    }
    return new ServedRun(workers, runFolder, run, events);
  }

  /** Images, one after the other. Throws `diverged`. */
  async predict(pixels: Uint8Array, ink = this.ink): Promise<Float32Array> {
    const probabilities = await this.workers.one(0, 'predict', { pixels, ink });
    requireFinite(probabilities, `of run ${this.run.id}`);
    return probabilities;
  }

  async occlusion({ pixels: image, ink }: ExplainJob, signal: AbortSignal): Promise<OcclusionMap> {
    const whole = await this.predict(image, ink);
    const grid = occlusionGrid(this.run.data.side);
    const { cells, pixels } = coverImage(image, grid);
    const covered = new Float32Array(cells.length * whole.length);
    for (let from = 0; from < cells.length; from += chunk) {
      signal.throwIfAborted();
      covered.set(
        await this.predict(pixels.subarray(from * image.length, (from + chunk) * image.length), ink),
        from * whole.length,
      );
    }
    return occlusionMap(grid, cells, whole, covered);
  }

  async neighbours({ pixels, ink = this.ink, trainingRow }: ExplainJob, signal: AbortSignal): Promise<Neighbours> {
    // Also when they are known: they lead to rows of the file.
    await checkTrainFile(this.runFolder, this.run);
    const training = await this.trainingFeatures(signal);
    const query = await this.workers.one(0, 'features', { pixels, ink });
    requireFinite(query, `of run ${this.run.id}`);
    scaleToUnit(query, query.length);
    const { indices, distances } = findNearest(
      training.vectors,
      query,
      neighbours,
      index => training.rows[index] === trainingRow,
    );
    return {
      rows: Uint32Array.from(indices, index => training.rows[index]!),
      labels: Int32Array.from(indices, index => training.labels[index]!),
      distances: Float32Array.from(distances),
      pixels: gather(training.pixels, pixels.length, Uint32Array.from(indices)),
      compared: training.rows.length,
      trainingRows: training.trainingRows,
      features: training.size,
      bytes: training.vectors.byteLength + training.pixels.byteLength,
    };
  }

  /** Found once, for all that ask; given up when nobody does. What failed is tried again with the next question. */
  private async trainingFeatures(signal: AbortSignal): Promise<TrainingFeatures> {
    const { ready } = (this.features ??= this.findFeatures());
    this.waiting++;
    try {
      return await untilAborted(ready, signal);
    } finally {
      this.waiting--;
      if (signal.aborted) setTimeout(() => this.giveUp(), grace);
    }
  }

  private findFeatures(): FeaturesUnderWay {
    const stop = new AbortController();
    const features: FeaturesUnderWay = {
      stop,
      done: false,
      ready: readTrainingFeatures(this.workers, this.runFolder, this.run, this.events, stop.signal),
    };
    features.ready.then(
      () => (features.done = true),
      () => {
        if (this.features === features) this.features = undefined;
      },
    );
    return features;
  }

  private giveUp(): void {
    if (this.waiting > 0 || !this.features || this.features.done) return;
    this.features.stop.abort(new DigitsError('cancelled', sentence`Nobody asks for neighbours any more.`));
    this.features = undefined;
  }
}

interface FeaturesUnderWay {
  readonly ready: Promise<TrainingFeatures>;
  readonly stop: AbortController;
  done: boolean;
}
