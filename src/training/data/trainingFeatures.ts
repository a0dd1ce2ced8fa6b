import path from 'node:path';
import { readPixelFile } from '../../store/pixelFile/readPixelFile';
import type { PixelFile } from '../../core/csv/pixelFile';
import { fullInk } from '../../core/data/fullInk';
import { findUnlabelled, withoutImages } from '../../core/data/unlabelled';
import { scaleToUnit } from './nearest';
import { readPredictions } from '../../store/run/runFolder';
import { checkTrainFile, requireTrainedOn, trainFileOf } from '../../store/run/trainingFile';
import type { RunRecord } from '../../core/run/runRecord';
import type { ExplainEvents } from '../../protocol/explain';
import type { WorkerGroup } from '../distributed/workerGroup';
import { Throttle } from '../../core/throttle';
import { gather } from './trainingData';

/** Images of one call: few, because a question about another image waits for it. */
const chunk = 128;
/** Memory for features. Wide networks of large images make thousands of numbers of each image: fewer images are kept then. */
const mostBytes = 1 << 29;

/** What a network makes of the images that it was trained on. */
export interface TrainingFeatures {
  /** images x `size`, each of length 1. */
  readonly vectors: Float32Array;
  readonly size: number;
  /** Of each image. */
  readonly rows: Uint32Array;
  readonly labels: Int32Array;
  /** [n, side, side] bytes. */
  readonly pixels: Uint8Array;
  /** Images of the training set, those that there was no memory for included. */
  readonly trainingRows: number;
}

/**
 * Reads the file that a run was trained on and finds what the workers' network makes of its training set. Throws `mismatch`
 * where the file has changed since, and the signal's reason once it is aborted.
 */
export async function readTrainingFeatures(
  workers: WorkerGroup,
  runFolder: string,
  run: RunRecord,
  events: ExplainEvents,
  signal: AbortSignal,
): Promise<TrainingFeatures> {
  const data = await readTrainingFile(runFolder, run, events, signal);
  const area = data.format.side ** 2;
  const ink = fullInk(run.data.maxPixel);
  const setAside = new Set((await readPredictions(runFolder, 'validation'))?.rows);
  const all = Uint32Array.from(data.rowNumbers.keys()).filter(image => !setAside.has(data.rowNumbers[image]!));

  const size = (await workers.one(0, 'features', { pixels: data.pixels.subarray(0, area), ink })).length;
  const kept = spread(all, Math.floor(mostBytes / Float32Array.BYTES_PER_ELEMENT / size));
  const pixels = gather(data.pixels, area, kept);
  const vectors = new Float32Array(kept.length * size);
  const throttle = new Throttle();
  for (let from = 0; from < kept.length; from += chunk) {
    signal.throwIfAborted();
    const found = await workers.one(0, 'features', {
      pixels: pixels.subarray(from * area, (from + chunk) * area),
      ink,
    });
    scaleToUnit(found, size);
    vectors.set(found, from * size);
    throttle.run(() => events.progress({ phase: 'looking', share: from / kept.length }));
  }
  return {
    vectors,
    size,
    rows: Uint32Array.from(kept, image => data.rowNumbers[image]!),
    labels: Int32Array.from(kept, image => data.labels![image]!),
    pixels,
    trainingRows: all.length,
  };
}

async function readTrainingFile(
  runFolder: string,
  run: RunRecord,
  events: ExplainEvents,
  signal: AbortSignal,
): Promise<PixelFile> {
  await checkTrainFile(runFolder, run);
  const trainFile = trainFileOf(runFolder, run);
  const file = path.basename(trainFile);
  const throttle = new Throttle();
  const data = await readPixelFile(trainFile, {
    limit: run.config.limit,
    signal,
    onProgress: share => throttle.run(() => events.progress({ phase: 'reading', file, share })),
  });
  requireTrainedOn(run, data.fingerprint);
  return run.config.unlabelled === 'skip' ? withoutImages(data, findUnlabelled(data)) : data;
}

/** At most so many of all, evenly apart. */
function spread(all: Uint32Array, most: number): Uint32Array {
  if (all.length <= most) return all;
  return Uint32Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}
