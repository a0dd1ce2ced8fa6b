import path from 'node:path';
import { fingerprint } from '../../core/csv/fingerprint';
import { DigitsError, toErrorData } from '../../core/errors';
import type { RunPanelState } from '../../protocol/panels';
import type { LoadedRun, RunAccess } from '../runs/runAccess';
import { validationView } from './validationView';

/** The training file of a run. */
export function trainFileOf({ dataFolder, run }: LoadedRun): string {
  return path.resolve(dataFolder, run.data.file);
}

/** Everything a panel shows of a run, from its folder. Throws a DigitsError when the folder holds no run. */
export async function runPanelState(runFolder: string, runs: RunAccess): Promise<RunPanelState> {
  const loaded = await runs.load(runFolder);
  const { run, history, validation, testFile } = loaded;
  return {
    runFolder,
    run,
    history,
    progress: runs.progress(runFolder),
    validation: validation && validationView(validation, run.data.classes.length),
    imagesNote: await imagesNote(loaded),
    trainsHere: runs.trainsHere(runFolder),
    canSubmit: testFile !== undefined,
  };
}

/** Throws a sentence unless the training file of a run is still the one that was trained on: otherwise its rows are other images. */
export async function checkTrainFile(loaded: LoadedRun): Promise<void> {
  const { file, fingerprint: trainedOn } = loaded.run.data;
  if ((await fingerprint(trainFileOf(loaded))) === trainedOn) return;
  throw new DigitsError('mismatch', `${path.basename(file)} has changed since this run was trained, so its rows are no longer the images that the network saw. They are not shown.`);
}

/** Why the images of a run can't be shown; undefined when they can. */
async function imagesNote(loaded: LoadedRun): Promise<string | undefined> {
  try {
    await checkTrainFile(loaded);
    return undefined;
  } catch (error) {
    return toErrorData(error).message;
  }
}
