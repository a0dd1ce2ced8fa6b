import { DigitsError, toErrorData } from '../../core/errors';
import type { Predictions } from '../../core/run/runRecord';
import { listEvaluations, readEvaluation } from '../../store/run/evaluations';
import { dataFolderOf, readRun } from '../../store/run/runFolder';
import { readRunMoment } from '../../store/run/runMoment';
import type { EvaluationView, RunPanelState } from '../../protocol/runPanel';
import type { RunAccess } from '../runs/runAccess';
import { imageFileOf, type ImageFile } from './imageFile';
import { validationView } from './validationView';

/** Everything a panel shows of a run, from its folder; nothing to turn to. Throws a DigitsError when the folder holds no run. */
export async function runPanelState(runFolder: string, runs: RunAccess): Promise<RunPanelState> {
  const [{ validation, ...summary }, evaluations, testFile] = await Promise.all([
    readRunMoment(runFolder),
    listEvaluations(runFolder),
    runs.testFile(dataFolderOf(runFolder)),
  ]);
  const { run } = summary;
  runs.watch(runFolder, run);
  return {
    runFolder,
    ...summary,
    progress: runs.progress(runFolder),
    ...viewOrNote(validation, run.data.classes.length),
    evaluations,
    show: undefined,
    imagesNote: await noteOf(imageFileOf(runFolder, undefined)),
    trainsHere: runs.trainsHere(runFolder),
    canResume: await runs.canResume(runFolder, run),
    canSubmit: testFile !== undefined,
  };
}

/** What a panel shows of the validation set, or why nothing of it can be shown: the panel of a run whose training diverged still opens. */
function viewOrNote(
  validation: Predictions | undefined,
  classes: number,
): Pick<RunPanelState, 'validation' | 'validationNote'> {
  try {
    return { validation: validation && validationView(validation, classes) };
  } catch (error) {
    if (!(error instanceof DigitsError) || error.code !== 'diverged') throw error;
    return { validation: undefined, validationNote: error.message };
  }
}

/** What a panel shows of an evaluation. Throws a DigitsError when it is gone or damaged. */
export async function evaluationView(runFolder: string, id: string, runs: RunAccess): Promise<EvaluationView> {
  const [{ data }, { predictions }] = await Promise.all([readRun(runFolder), readEvaluation(runFolder, id)]);
  const view = validationView(predictions, data.classes.length)!;
  return { ...view, imagesNote: await noteOf(imageFileOf(runFolder, id, file => runs.mayRead(file))) };
}

/** Why the images of a file can't be shown; undefined when they can. */
async function noteOf(finding: Promise<ImageFile>): Promise<string | undefined> {
  try {
    await (await finding).check();
    return undefined;
  } catch (error) {
    return toErrorData(error).message;
  }
}
