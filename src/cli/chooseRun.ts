import { findDataSets } from '../store/dataSet/findDataSets';
import { DigitsError } from '../core/errors';
import { listRuns } from '../store/run/runFolder';
import { newestFirst } from '../core/run/newestFirst';
import type { RunRecord } from '../core/run/runRecord';
import { requireFolder } from './dataSet';

/** A run and where it is. */
export interface ChosenRun {
  readonly runFolder: string;
  readonly run: RunRecord;
}

/** The run with this id in the data sets of a folder, or the newest that has a network. Throws `no-run` where there is none. */
export async function chooseRun(folder: string, runId: string | undefined): Promise<ChosenRun> {
  const root = await requireFolder(folder);
  const found = (await findDataSets(root)).map(dataSet => dataSet.folder);
  // The data may be gone and the runs still there.
  const folders = new Set([root, ...found]);
  const runs = (await Promise.all([...folders].map(dataFolder => listRuns(dataFolder))))
    .flat()
    .sort((a, b) => newestFirst(a.run, b.run));
  return chooseFrom(runs, folder, runId);
}

/** The same, of these runs, newest first. */
export function chooseFrom(runs: readonly ChosenRun[], folder: string, runId: string | undefined): ChosenRun {
  const chosen =
    runId === undefined
      ? runs.find(({ run }) => run.bestEpoch !== undefined)
      : runs.find(({ run }) => run.id === runId);
  if (chosen) return chosen;
  throw new DigitsError(
    'no-run',
    runId === undefined
      ? `${folder} has no trained network yet; run "digits train ${folder}" first.`
      : `${folder} has no run ${runId}; "digits runs ${folder}" lists them.`,
  );
}
