import path from 'node:path';
import { findDataSets } from '../store/dataSet/findDataSets';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { findRuns } from '../store/run/runFolder';
import type { RunRecord } from '../core/run/runRecord';
import { requireFolder } from './dataSet';
import { folderWords } from './folderWords';

/** A run and where it is. */
export interface ChosenRun {
  readonly runFolder: string;
  readonly run: RunRecord;
}

/**
 * The run with this id in the data sets of a folder, or the newest that has a network: of the data set that `file` lies
 * beside, where it is one of them. Throws `no-run` where there is none, `read-failed` where its record can't be read, and `bad-setting` where several data sets have some.
 */
export async function chooseRun(folder: string, runId: string | undefined, file?: string): Promise<ChosenRun> {
  const root = await requireFolder(folder);
  const found = (await findDataSets(root)).map(dataSet => dataSet.folder);
  // The data may be gone and the runs still there.
  const folders = [...new Set([root, ...found])];
  const sets = await Promise.all(folders.map(async dataFolder => ({ dataFolder, ...(await findRuns(dataFolder)) })));
  const beside = sets.find(({ dataFolder }) => file !== undefined && path.dirname(file) === dataFolder);
  if (runId !== undefined) {
    const all = sets.flatMap(({ runs }) => runs);
    const unreadable = sets.flatMap(each => each.unreadable).find(({ id }) => id === runId);
    if (unreadable) throw unreadable.error;
    return chooseFrom(all, folder, runId);
  }
  const usable = sets.filter(({ runs }) => runs.some(({ run }) => run.bestEpoch !== undefined));
  if (beside && usable.includes(beside)) return chooseFrom(beside.runs, folder, undefined);
  if (usable.length > 1) {
    const names = usable.map(({ dataFolder }) => path.relative('', dataFolder) || '.').join(', ');
    throw new DigitsError(
      'bad-setting',
      sentence`${folder} has ${usable.length} data sets with runs; name one of these folders, ${names}, or a run with --run.`,
    );
  }
  return chooseFrom(usable[0]?.runs ?? [], folder, undefined);
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
      ? sentence`${folder} has no trained network yet; run "digits train ${folderWords(folder)}" first.`
      : sentence`${folder} has no run ${runId}; "digits runs ${folderWords(folder)}" lists them.`,
  );
}
