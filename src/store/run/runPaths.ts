import path from 'node:path';
import { isRunId } from '../../core/run/runId';

/** The folder of a data set's runs. */
export function runsFolder(dataFolder: string): string {
  return path.join(dataFolder, '.digits', 'runs');
}

/** The data set that a run's folder belongs to. */
export function dataFolderOf(runFolder: string): string {
  return path.resolve(runFolder, '..', '..', '..');
}

/** The path, untrusted and of any kind, is one that the folder of a run may have. */
export function isRunFolder(place: unknown): place is string {
  return (
    typeof place === 'string' &&
    path.isAbsolute(place) &&
    isRunId(path.basename(place)) &&
    place === path.join(runsFolder(dataFolderOf(place)), path.basename(place))
  );
}
