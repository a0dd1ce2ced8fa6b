import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { readRun } from '../../store/run/runFolder';
import { trainFileOf } from '../../store/run/trainingFile';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust } from '../log';
import { saveFirst } from '../unsaved';
import { pickRun } from './pickRun';
import { trainWithProgress, type TrainActions } from './trainWithProgress';

/** What the resume command works with. */
export interface ResumeServices extends TrainActions {
  readonly dataSets: DataSetService;
}

/** "Digits: Resume Training": goes on with a run that ended before its last epoch, by default one that is picked. */
export async function resumeCommand(services: ResumeServices, given?: string): Promise<void> {
  requireTrust();
  const runFolder = given ?? (await pickStopped(services));
  if (runFolder === undefined) return;
  // A second request is ignored.
  if (services.runs.trainsHere(runFolder)) return services.openRun(runFolder);
  const run = await readRun(runFolder);
  const trainFile = trainFileOf(runFolder, run);
  if (!(await saveFirst([trainFile]))) return;
  await trainWithProgress(services, {
    trainFile,
    config: run.config,
    resume: runFolder,
  });
}

/** A run of the current data set that can go on; asks when there are several, newest first. Throws `no-run` when there is none. */
async function pickStopped({ dataSets, runs }: ResumeServices): Promise<string | undefined> {
  const dataSet = await dataSets.choose();
  if (!dataSet) return undefined;
  const all = await runs.list(dataSet.folder);
  const resumable = await Promise.all(all.map(({ runFolder, run }) => runs.canResume(runFolder, run)));
  const stopped = all.filter((_, i) => resumable[i]);
  if (stopped.length === 0)
    throw new DigitsError(
      'no-run',
      sentence`No run in ${dataSet.folder} was stopped after an epoch, so there is nothing to resume; run "Digits: Train Model" to start a new training.`,
    );
  return stopped.length === 1 ? stopped[0]!.runFolder : pickRun(stopped, 'Choose the run to go on with, newest first');
}
