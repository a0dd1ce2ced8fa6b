import path from 'node:path';
import { isRecorded, type Fingerprint } from '../../core/csv/fingerprint';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { RunRecord } from '../../core/run/runRecord';
import { plural } from '../../core/text';
import { fingerprint, hasFingerprint } from '../pixelFile/fingerprint';
import { dataFolderOf } from './runPaths';

/** Labels that a sentence names one by one. */
const MOST_NAMED = 10;

type Trained = Pick<RunRecord, 'data'>;

/** The file that a run was trained on, as an absolute path. */
export function trainFileOf(runFolder: string, { data }: Trained): string {
  return path.resolve(dataFolderOf(runFolder), data.file);
}

/** Throws `mismatch` unless the training file of a run is still the one that was trained on: otherwise its rows are other images. */
export async function checkTrainFile(runFolder: string, run: Trained): Promise<void> {
  requireTrainedOn(run, await fingerprint(trainFileOf(runFolder, run)));
}

/**
 * Says that the training file of a run is another one by now: what is beside it may be too, and its network knows the classes
 * and images of then. Nothing where the file is gone, which says nothing of the others.
 */
export async function replacedNote(runFolder: string, run: Trained): Promise<readonly string[]> {
  const { file, fingerprint: trainedOn, rows, classes } = run.data;
  const isSame = await hasFingerprint(trainFileOf(runFolder, run), trainedOn).catch(() => true);
  if (isSame) return [];
  return [
    `${path.basename(file)} has changed since the network of this run was trained on it, then with ${plural(rows, 'image')} and the labels ${labelWords(classes)}; if it is another data set now, train again.`,
  ];
}

/** Throws `mismatch` unless this is the content of the file that a run was trained on. */
export function requireTrainedOn({ data }: Trained, print: Fingerprint): void {
  if (isRecorded(data.fingerprint, print)) return;
  throw new DigitsError(
    'mismatch',
    sentence`${path.basename(data.file)} has changed since this run was trained, so its rows are no longer the images that the network saw; restore the file, or train again.`,
  );
}

/** "0 to 9", "1, 4 and 7": the labels, ascending. */
function labelWords(labels: readonly number[]): string {
  const [first, last] = [labels[0]!, labels.at(-1)!];
  if (labels.length > 2 && last - first === labels.length - 1) return `${first} to ${last}`;
  if (labels.length > MOST_NAMED) return `${first} to ${last}, ${labels.length} in all`;
  return `${labels.slice(0, -1).join(', ')} and ${last}`;
}
