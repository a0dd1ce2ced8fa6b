import path from 'node:path';
import { fingerprint } from '../../store/pixelFile/fingerprint';
import { DigitsError, toErrorData } from '../../core/errors';
import { printable } from '../../core/printable';
import { evaluatedFile, readEvaluation } from '../../store/run/evaluations';
import type { EvaluationView, RunPanelState } from '../../protocol/runPanel';
import type { LoadedRun, RunAccess } from '../runs/runAccess';
import { checkTrainFile, trainFileOf } from '../../store/run/trainingFile';
import { validationView } from './validationView';

/** Everything a panel shows of a run, from its folder; nothing to turn to. Throws a DigitsError when the folder holds no run. */
export async function runPanelState(runFolder: string, runs: RunAccess): Promise<RunPanelState> {
  const loaded = await runs.load(runFolder);
  const { run, title, history, validation, evaluations, testFile } = loaded;
  return {
    runFolder,
    run,
    ...(title !== undefined && { title }),
    history,
    progress: runs.progress(runFolder),
    validation: validation && validationView(validation, run.data.classes.length),
    evaluations,
    show: undefined,
    imagesNote: await noteOf(() => checkTrainFile(runFolder, run)),
    trainsHere: runs.trainsHere(runFolder),
    canResume: await runs.canResume(runFolder, run),
    canSubmit: testFile !== undefined,
  };
}

/** What a panel shows of an evaluation. Throws a DigitsError when it is gone or damaged. */
export async function evaluationView(runFolder: string, id: string, runs: RunAccess): Promise<EvaluationView> {
  const [loaded, { predictions }] = await Promise.all([runs.load(runFolder), readEvaluation(runFolder, id)]);
  const view = validationView(predictions, loaded.run.data.classes.length)!;
  return {
    ...view,
    imagesNote: await noteOf(async () => imageFileOf(runFolder, loaded, id, file => runs.mayRead(file)).check()),
  };
}

/** A file that a panel shows images of. */
export interface ImageFile {
  readonly file: string;
  /** Throws a sentence when it is no longer the file that it was. */
  readonly check: () => Promise<void>;
}

/**
 * The training file, or that of an evaluation: one of the data set's folder, or another that `mayRead` knows, for the run's
 * folder may be anybody's. Throws `read-failed` when there is no such evaluation and `mismatch` when its file is elsewhere.
 */
export function imageFileOf(
  runFolder: string,
  loaded: LoadedRun,
  evaluationId: string | undefined,
  mayRead: (file: string) => boolean = () => false,
): ImageFile {
  if (evaluationId === undefined)
    return { file: trainFileOf(runFolder, loaded.run), check: () => checkTrainFile(runFolder, loaded.run) };
  const evaluation = loaded.evaluations.find(({ id }) => id === evaluationId);
  if (!evaluation)
    throw new DigitsError('read-failed', "This evaluation is gone from the run's folder; evaluate on the file again.");
  const file = evaluatedFile(runFolder, evaluation);
  if (!file.startsWith(loaded.dataFolder + path.sep) && !mayRead(file)) {
    throw new DigitsError(
      'mismatch',
      `${printable(path.basename(file))} lies outside of the data set's folder and was not evaluated on here. Its images are not shown; evaluate on the file again.`,
    );
  }
  const check = async (): Promise<void> => {
    if ((await fingerprint(file)) === evaluation.fingerprint) return;
    throw new DigitsError(
      'mismatch',
      `${path.basename(file)} has changed since this run was evaluated on it, so its rows are no longer the images that the network saw. They are not shown; evaluate on the file again.`,
    );
  };
  return { file, check };
}

/** Why images can't be shown; undefined when they can. */
async function noteOf(check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    return toErrorData(error).message;
  }
}
