import path from 'node:path';
import { DigitsError } from '../../core/errors';
import type { RunRecord } from '../../core/run/runRecord';
import { fingerprint } from '../pixelFile/fingerprint';

/** A run and where its data set is. */
export interface TrainedRun {
  readonly run: RunRecord;
  readonly dataFolder: string;
}

/** The training file of a run. */
export function trainFileOf({ dataFolder, run }: TrainedRun): string {
  return path.resolve(dataFolder, run.data.file);
}

/** Throws a sentence unless the training file of a run is still the one that was trained on: otherwise its rows are other images. */
export async function checkTrainFile(loaded: TrainedRun): Promise<void> {
  const { file, fingerprint: trainedOn } = loaded.run.data;
  if ((await fingerprint(trainFileOf(loaded))) === trainedOn) return;
  throw new DigitsError(
    'mismatch',
    `${path.basename(file)} has changed since this run was trained, so its rows are no longer the images that the network saw. They are not shown.`,
  );
}
