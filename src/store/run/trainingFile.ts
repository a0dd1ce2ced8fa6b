import path from 'node:path';
import { isRecorded, type Fingerprint } from '../../core/csv/fingerprint';
import { DigitsError } from '../../core/errors';
import type { RunRecord } from '../../core/run/runRecord';
import { fingerprint } from '../pixelFile/fingerprint';
import { dataFolderOf } from './runPaths';

type Trained = Pick<RunRecord, 'data'>;

/** The file that a run was trained on, as an absolute path. */
export function trainFileOf(runFolder: string, { data }: Trained): string {
  return path.resolve(dataFolderOf(runFolder), data.file);
}

/** Throws `mismatch` unless the training file of a run is still the one that was trained on: otherwise its rows are other images. */
export async function checkTrainFile(runFolder: string, run: Trained): Promise<void> {
  requireTrainedOn(run, await fingerprint(trainFileOf(runFolder, run)));
}

/** Throws `mismatch` unless this is the content of the file that a run was trained on. */
export function requireTrainedOn({ data }: Trained, print: Fingerprint): void {
  if (isRecorded(data.fingerprint, print)) return;
  throw new DigitsError(
    'mismatch',
    `${path.basename(data.file)} has changed since this run was trained, so its rows are no longer the images that the network saw; restore the file, or train again.`,
  );
}
