import { findRuns } from '../store/run/runFolder';
import { percent } from '../core/text';
import { findDataSets } from '../store/dataSet/findDataSets';
import type { Output } from './output';
import { folderWords } from './folderWords';
import { requireFolder } from './dataSet';

/** `digits runs`. */
export async function listRunsCommand(folder: string, output: Output): Promise<void> {
  const root = await requireFolder(folder);
  const folders = (await findDataSets(root)).map(dataSet => dataSet.folder);
  const found = await Promise.all(folders.map(dataFolder => findRuns(dataFolder)));
  const runs = found.flatMap(each => each.runs);
  for (const { run, title } of runs) {
    const result =
      run.bestEpoch === undefined
        ? ''
        : `  ${run.valAccuracy === undefined ? 'on all rows,' : percent(run.valAccuracy)} after epoch ${run.bestEpoch}`;
    output.event(
      {
        event: 'run',
        run: run.id,
        status: run.status,
        preset: run.config.preset,
        epochs: run.config.epochs,
        seed: run.config.seed,
        engine: run.engine.name,
        bestEpoch: run.bestEpoch,
        valAccuracy: run.valAccuracy,
        seconds: run.seconds,
        title,
      },
      `${run.id}  ${run.status}${result}${title === undefined ? '' : `  ${title}`}`,
    );
  }
  const unreadable = found.flatMap(each => each.unreadable);
  for (const { id, error } of unreadable)
    output.event({ event: 'unreadable', run: id, code: error.code, message: error.message }, error.message);
  output.event(
    { event: 'done', runs: runs.length, ...(unreadable.length > 0 && { unreadable: unreadable.length }) },
    runs.length === 0 && unreadable.length === 0
      ? `No runs yet; "digits train ${folderWords(folder)}" makes one.`
      : undefined,
  );
}
