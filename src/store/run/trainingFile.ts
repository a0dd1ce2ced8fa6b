import path from 'node:path';
import { DigitsError } from '../../core/errors';
import type { RunRecord } from '../../core/run/runRecord';
import { fingerprint } from '../pixelFile/fingerprint';
import { dataFolderOf } from './runPaths';

/** The file that a run was trained on, as an absolute path. */
export function trainFileOf(runFolder: string, { data }: Pick<RunRecord, 'data'>): string {
  return path.resolve(dataFolderOf(runFolder), data.file);
}

/** Throws a sentence unless the training file of a run is still the one that was trained on: otherwise its rows are other images. */
export async function checkTrainFile(runFolder: string, run: Pick<RunRecord, 'data'>): Promise<void> {
  const { file, fingerprint: trainedOn } = run.data;
  if ((await fingerprint(trainFileOf(runFolder, run))) === trainedOn) return;
  throw new DigitsError(
    'mismatch',
    `${path.basename(file)} has changed since this run was trained, so its rows are no longer the images that the network saw. They are not shown.`,
  );
}
