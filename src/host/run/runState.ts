import { toErrorData } from '../../core/errors';
import { listEvaluations, readEvaluation } from '../../store/run/evaluations';
import { dataFolderOf, readPredictions, readRun, readRunSummary } from '../../store/run/runFolder';
import type { EvaluationView, RunPanelState } from '../../protocol/runPanel';
import type { RunAccess } from '../runs/runAccess';
import { imageFileOf, type ImageFile } from './imageFile';
import { validationView } from './validationView';

/** Everything a panel shows of a run, from its folder; nothing to turn to. Throws a DigitsError when the folder holds no run. */
export async function runPanelState(runFolder: string, runs: RunAccess): Promise<RunPanelState> {
  const [summary, validation, evaluations, testFile] = await Promise.all([
    readRunSummary(runFolder),
    readPredictions(runFolder, 'validation'),
    listEvaluations(runFolder),
    runs.testFile(dataFolderOf(runFolder)),
  ]);
  const { run } = summary;
  runs.watch(runFolder, run);
  return {
    runFolder,
    ...summary,
    progress: runs.progress(runFolder),
    validation: validation && validationView(validation, run.data.classes.length),
    evaluations,
    show: undefined,
    imagesNote: await noteOf(imageFileOf(runFolder, undefined)),
    trainsHere: runs.trainsHere(runFolder),
    canResume: await runs.canResume(runFolder, run),
    canSubmit: testFile !== undefined,
  };
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
