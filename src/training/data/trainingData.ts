import path from 'node:path';
import { readPixelFile } from '../../store/pixelFile/readPixelFile';
import { badRowsError, maySkip, skippedWords } from './badRows';
import { checkData } from '../../core/data/checkData';
import type { Fingerprint } from '../../core/csv/fingerprint';
import { fullInk } from '../../core/data/fullInk';
import { hashImages } from '../../core/data/imageHash';
import { layoutOf } from '../../core/data/layout';
import { findUnlabelled, withoutImages } from '../../core/data/unlabelled';
import { leftOutWords, unlabelledError } from './unlabelledWords';
import { inkFreeBorder } from './inkFreeBorder';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { splitRows } from './split';
import type { RunData } from '../../core/run/runRecord';
import type { TrainedImages } from '../../core/run/trainedImages';
import type { TrainingEvents, TrainJob } from '../../protocol/training';
import { collectGarbage } from '../distributed/collectGarbage';
import type { WorkerGroup } from '../distributed/workerGroup';
import { Throttle } from '../../core/throttle';

/** Bytes of one message with images: both ends hold a few of them until they are collected. */
const partBytes = 1 << 20;

/** A training file in memory, split. */
export interface TrainingData {
  /** [n, side, side] bytes; none any more once {@link shareImages} gave them away. */
  pixels: Uint8Array;
  /** Class of each image. */
  readonly classes: Uint16Array;
  readonly rowNumbers: Uint32Array;
  readonly side: number;
  /** The pixel value of full ink. */
  readonly ink: number;
  /** Pixels on each side that hold no ink in any image. */
  readonly border: number;
  /** The images of each set. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly record: RunData;
  /** By what the images are known again. */
  readonly images: TrainedImages;
  readonly fingerprint: Fingerprint;
}

/** Reads the file that a job trains on. Throws where it can't be trained on, with file and row; rows that can't be read it leaves out where the job says so. */
export async function readTrainingData(
  { folder, trainFile, config }: TrainJob,
  validationShare: number,
  events: TrainingEvents,
  signal: AbortSignal,
): Promise<TrainingData> {
  const file = path.basename(trainFile);
  const throttle = new Throttle();
  const read = await readPixelFile(trainFile, {
    ...(config.limit !== undefined && { limit: config.limit }),
    signal,
    onProgress: share => throttle.run(() => events.progress({ phase: 'reading', file, share })),
  });
  if (read.problemCount > 0 && !(config.skipBadRows && maySkip(read))) throw badRowsError(read, file);
  if (!read.labels)
    throw new DigitsError(
      'mismatch',
      sentence`${file} has no column "label", so there is nothing to learn from; choose a file with labels.`,
    );
  const unlabelled = findUnlabelled(read);
  if (unlabelled.length > 0 && config.unlabelled === undefined) throw unlabelledError(read, unlabelled, file);
  const leavesOut = unlabelled.length > 0 && config.unlabelled === 'skip';
  const data = leavesOut ? withoutImages(read, unlabelled) : read;
  const check = checkData(data, file);
  if (check.classes.length < 2)
    throw new DigitsError('mismatch', sentence`${file} has images of one class only; training needs two or more.`);
  const classes = check.classIndices!;
  const { training, validation } = splitRows(classes.length, validationShare, config.seed);
  const { side } = data.format;
  const skipped = skippedWords(data, file);
  return {
    pixels: data.pixels,
    classes,
    rowNumbers: data.rowNumbers,
    side,
    ink: fullInk(data.maxPixel),
    border: inkFreeBorder(data.pixels, side),
    training,
    validation,
    images: {
      rows: data.rowNumbers,
      classes,
      hashes: hashImages(data.pixels, side ** 2),
      trained: markTrained(classes.length, training),
    },
    fingerprint: data.fingerprint,
    record: {
      file: path.relative(folder, trainFile),
      fingerprint: data.fingerprint.full,
      rows: classes.length,
      ...(skipped !== undefined && { skippedRows: data.problemCount }),
      classes: check.classes,
      classCounts: check.classCounts,
      ...layoutOf(data.pixels, side, data.maxPixel),
      warnings: [
        ...(skipped === undefined ? [] : [skipped]),
        ...(leavesOut ? [leftOutWords(unlabelled.length, file)] : []),
        ...check.rareLabels.map(({ message }) => message),
      ],
      trainingRows: training.length,
      validationRows: validation.length,
    },
  };
}

function markTrained(images: number, training: Uint32Array): Uint16Array {
  const trained = new Uint16Array(images);
  training.forEach(image => (trained[image] = 1));
  return trained;
}

/** The pixels of some images, one after the other. */
export function gather(pixels: Uint8Array, size: number, indices: Uint32Array): Uint8Array {
  const found = new Uint8Array(indices.length * size);
  indices.forEach((index, i) => found.set(pixels.subarray(index * size, (index + 1) * size), i * size));
  return found;
}

/**
 * Gives each worker its share of the training set, and lets go of the pixels here: nobody needs a second copy of
 * them while it trains. Returns how many images each has at least.
 */
export async function shareImages(workers: WorkerGroup, data: TrainingData): Promise<number> {
  const { classes, side, training } = data;
  const size = side * side;
  const perPart = Math.max(Math.floor(partBytes / size), 1);
  const shares = Array.from({ length: workers.size }, (_, member) => {
    const own = training.filter((_, i) => i % workers.size === member);
    // Fewer images than members: all of them see all.
    return own.length > 0 && training.length >= workers.size ? own : training;
  });
  await Promise.all(
    shares.map(async (share, member) => {
      for (let from = 0; from < share.length; from += perPart) {
        const ids = share.subarray(from, from + perPart);
        await workers.one(member, 'addImages', {
          total: share.length,
          pixels: gather(data.pixels, size, ids),
          classes: Uint16Array.from(ids, id => classes[id]!),
          ids,
        });
      }
    }),
  );
  data.pixels = new Uint8Array();
  collectGarbage();
  return Math.min(...shares.map(({ length }) => length));
}
