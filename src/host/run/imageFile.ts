import path from 'node:path';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { RunRecord } from '../../core/run/runRecord';
import { printable } from '../../core/printable';
import { evaluatedFile, listEvaluations } from '../../store/run/evaluations';
import { dataFolderOf, readRun } from '../../store/run/runFolder';
import { checkTrainFile, trainFileOf } from '../../store/run/trainingFile';
import { hasFingerprint } from '../../store/pixelFile/fingerprint';

/** A file that a panel shows images of. */
export interface ImageFile {
  readonly file: string;
  /** The run that it belongs to. */
  readonly run: RunRecord;
  /** An evaluation may be of the training file itself. */
  readonly ofTrainingFile: boolean;
  /** Throws a sentence when it is no longer the file that it was. */
  readonly check: () => Promise<void>;
}

/** Whether images of a file outside of the data set's folder may be shown. */
export type MayRead = (file: string) => boolean;

/**
 * The training file, or that of an evaluation: one of the data set's folder, or another that `mayRead` knows, for the run's
 * folder may be anybody's. Throws `read-failed` when there is no such run or evaluation and `mismatch` when its file is elsewhere.
 */
export async function imageFileOf(
  runFolder: string,
  evaluationId: string | undefined,
  mayRead: MayRead = () => false,
): Promise<ImageFile> {
  const run = await readRun(runFolder);
  if (evaluationId === undefined)
    return {
      file: trainFileOf(runFolder, run),
      run,
      ofTrainingFile: true,
      check: () => checkTrainFile(runFolder, run),
    };
  const evaluation = (await listEvaluations(runFolder)).find(({ id }) => id === evaluationId);
  if (!evaluation)
    throw new DigitsError(
      'read-failed',
      sentence`This evaluation is gone from the run's folder; evaluate on the file again.`,
    );
  const file = evaluatedFile(runFolder, evaluation);
  if (!file.startsWith(dataFolderOf(runFolder) + path.sep) && !mayRead(file)) {
    throw new DigitsError(
      'mismatch',
      sentence`${printable(path.basename(file))} lies outside of the data set's folder and was not evaluated on here. Its images are not shown; evaluate on the file again.`,
    );
  }
  const check = async (): Promise<void> => {
    if (await hasFingerprint(file, evaluation.fingerprint)) return;
    throw new DigitsError(
      'mismatch',
      sentence`${path.basename(file)} has changed since this run was evaluated on it, so its rows are no longer the images that the network saw. They are not shown; evaluate on the file again.`,
    );
  };
  return { file, run, ofTrainingFile: evaluation.fingerprint === run.data.fingerprint, check };
}
