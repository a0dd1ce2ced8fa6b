import { isDeepStrictEqual } from 'node:util';
import { isRecorded } from '../../core/csv/fingerprint';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { areFinite } from '../../core/finite';
import { sizeOf, type TensorSpec } from '../../core/optimizer';
import type { Preset } from '../../core/presets';
import type { Checkpoint } from '../../store/run/checkpoint';
import type { EpochRecord, RunData } from '../../core/run/runRecord';
import { changeOf, type TrainedImages } from '../../core/run/trainedImages';
import type { TrainingData } from '../data/trainingData';
import { notFinite } from './diverged';

// Whether a run can go on: to be known before anything of it is written, for what is written over can't be had back.

/** What its training file holds now. */
type DataNow = Pick<TrainingData, 'record' | 'images' | 'fingerprint'>;

/** What a run kept of its data. */
interface DataBefore {
  readonly data: RunData;
  /** Undefined for runs made before it was kept. */
  readonly images: TrainedImages | undefined;
}

/** Throws `mismatch`, with what differs, unless the images are those that the run was trained on as far as its folder tells. */
export function requireSameImages(runId: string, before: DataBefore, read: DataNow): void {
  const now = read.record;
  const what = differenceOf(before.data, now) ?? differenceOfImages(before, read);
  if (what === undefined) return;
  throw new DigitsError(
    'mismatch',
    sentence`${now.file} has changed since run ${runId} began${what === '' ? '' : ` (${what})`}, so it can't go on; start a new training, or restore the file it was trained on.`,
  );
}

/** What differs, in words; empty where the file is another one in a way that has none. */
function differenceOf(before: RunData, now: RunData): string | undefined {
  if (now.side !== before.side)
    return `its images had ${before.side}x${before.side} pixels and have ${now.side}x${now.side}`;
  const missing = before.classes.filter(label => !now.classes.includes(label));
  if (missing.length > 0) return `no image has the label ${missing.join(', ')} any more`;
  const added = now.classes.filter(label => !before.classes.includes(label));
  if (added.length > 0) return `the label ${added.join(', ')} is new`;
  if (now.rows !== before.rows) return `it had ${before.rows} images and has ${now.rows}`;
  const other = before.classCounts.findIndex((count, i) => now.classCounts[i] !== count);
  if (other >= 0)
    return `the label ${before.classes[other]} was that of ${before.classCounts[other]} images and is that of ${now.classCounts[other]}`;
  if (now.maxPixel !== before.maxPixel) return `its highest pixel was ${before.maxPixel} and is ${now.maxPixel}`;
  return before.skippedRows === now.skippedRows ? undefined : '';
}

/** The same of single images. A file that only writes the same images otherwise is no other one. */
function differenceOfImages({ data, images }: DataBefore, now: DataNow): string | undefined {
  if (isRecorded(data.fingerprint, now.fingerprint)) return undefined;
  return images ? changeOf(images, now.images, data.classes) : '';
}

/** The network that a run's configuration gives for its data, and how it is trained. */
export interface ResumedNetwork {
  readonly tensors: readonly TensorSpec[];
  readonly networks: number;
  /** Of each network. */
  readonly epochs: number;
  readonly optimizer: Preset['optimizer'];
  readonly emaDecay: number;
  /** Images of an epoch. */
  readonly trainingRows: number;
}

/** Throws `mismatch` unless the checkpoint is of this network, and of the training whose `history` the run has; `diverged` where its numbers are none. */
export function requireOwnCheckpoint(
  runId: string,
  checkpoint: Checkpoint,
  history: readonly EpochRecord[],
  network: ResumedNetwork,
): void {
  const reason = strangeness(checkpoint, history, network);
  if (reason === undefined) return requireFinite(runId, checkpoint);
  throw new DigitsError(
    'mismatch',
    sentence`The checkpoint of run ${runId} is not of this run's network and training, so it can't go on; restore its own checkpoint.safetensors, or start a new training.`,
    reason,
  );
}

function requireFinite(runId: string, { epochs, finished, current }: Checkpoint): void {
  const wrong = finished.every(areFinite)
    ? current && notFinite(current)
    : 'the weights of a finished network are no longer finite numbers';
  if (wrong === undefined) return;
  throw new DigitsError(
    'diverged',
    sentence`Run ${runId} can't go on from its checkpoint after epoch ${epochs}: ${wrong}, as when a training diverges. Start a new training with a lower learning rate; the run stays as it is.`,
  );
}

function strangeness(
  checkpoint: Checkpoint,
  history: readonly EpochRecord[],
  { tensors, networks, epochs, optimizer, emaDecay, trainingRows }: ResumedNetwork,
): string | undefined {
  const sizeOfAll = (some: readonly TensorSpec[]): number => some.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
  const all = sizeOfAll(tensors);
  const trained = sizeOfAll(tensors.filter(tensor => tensor.trained));
  const { finished, current } = checkpoint;
  if (checkpoint.epochs < 1 || checkpoint.epochs > networks * epochs)
    return `it has ${checkpoint.epochs} epochs of ${networks * epochs}`;
  if (finished.length !== Math.floor(checkpoint.epochs / epochs))
    return `it has ${finished.length} finished networks after ${checkpoint.epochs} epochs`;
  if ((current === undefined) !== (checkpoint.epochs % epochs === 0))
    return 'it has a network in the making where there is none, or none where there is one';
  const weights = [
    ...finished,
    ...(current ? [current.weights] : []),
    ...(current?.averaged ? [current.averaged] : []),
  ];
  const odd = weights.find(({ length }) => length !== all);
  if (odd) return `it has ${odd.length} weights and the network ${all}`;
  if (current) {
    if ((current.averaged !== undefined) !== emaDecay > 0)
      return 'it has averaged weights where there are none, or none where there are some';
    const { moments, steps } = current.optimizer;
    const wanted = optimizer.type === 'rmsProp' ? 1 : 2;
    if (moments.length !== wanted || moments.some(({ length }) => length !== trained))
      return `its optimizer has arrays of ${moments.map(({ length }) => length).join(', ')} numbers, not ${wanted} of ${trained}`;
    if (moments.at(-1)!.some(square => square < 0)) return 'the second moments in its optimizer are negative';
    // As many an epoch, and no more than images.
    const ended = checkpoint.epochs % epochs;
    if (steps === 0 || steps % ended !== 0 || steps / ended > trainingRows)
      return `its optimizer has taken ${steps} steps in ${ended} epochs of ${trainingRows} images`;
  }
  if (!checkpoint.history) return undefined;
  if (checkpoint.history.length !== checkpoint.epochs)
    return `it has records of ${checkpoint.history.length} epochs and weights of ${checkpoint.epochs}`;
  // The run's own records may end an epoch earlier, where the process died between the two.
  return history.every((record, i) => isDeepStrictEqual(record, checkpoint.history![i]))
    ? undefined
    : 'its epochs are others than those of the run';
}
