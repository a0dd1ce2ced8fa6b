import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isRunId } from '../../core/run/runId';

// Runs lie beside their data, in .digits/runs. Where the user names a folder for runs, as for data that may only be read, new
// ones lie in that, under the whole path of their data: <folder>/home/me/data/.digits/runs. Those beside the data are still found.

/** Names the folder for runs, to this process and those that it starts. */
export const runsVariable = 'DIGITS_RUNS_FOLDER';
/** Names those that it was before, as JSON: what was opened or begun then goes on there. */
const formerVariable = 'DIGITS_FORMER_RUNS_FOLDERS';

/** Sets the folder that new runs are kept in, an absolute path; undefined: beside their data. */
export function setRunsRoot(root: string | undefined): void {
  const before = runsRoot();
  if (before !== undefined) process.env[formerVariable] = JSON.stringify([...new Set([before, ...formerRoots()])]);
  process.env[runsVariable] = root === undefined ? '' : path.resolve(root);
}

function formerRoots(): readonly string[] {
  return JSON.parse(process.env[formerVariable] ?? '[]') as string[];
}

/** The folder that new runs are kept in, where that is not beside their data. */
export function runsRoot(): string | undefined {
  const root = process.env[runsVariable];
  return root === undefined || root === '' ? undefined : path.resolve(root);
}

/** The folder of a data set's new runs. */
export function runsFolder(dataFolder: string): string {
  return runsFolderIn(runsRoot(), dataFolder);
}

function runsFolderIn(root: string | undefined, dataFolder: string): string {
  const home = root === undefined ? dataFolder : path.join(root, path.resolve(dataFolder).replace(/^([a-z]):/i, '$1'));
  return path.join(home, '.digits', 'runs');
}

/** All folders that runs of a data set are listed from. */
export function runsFolders(dataFolder: string): readonly string[] {
  return [...new Set([runsFolder(dataFolder), runsFolderIn(undefined, dataFolder)])];
}

/** The folder of a run that is there, in whichever of the {@link runsFolders} or of those before, or of one that is to be made. */
export function runFolderOf(dataFolder: string, id: string): string {
  const former = formerRoots().map(root => runsFolderIn(root, dataFolder));
  const places = [...runsFolders(dataFolder), ...former].map(folder => path.join(folder, id));
  return places.find(place => existsSync(place)) ?? places[0]!;
}

/** The folder that holds `.digits` with a run's folder: nothing of the run lies outside of it. */
export function homeOf(runFolder: string): string {
  return path.resolve(runFolder, '..', '..', '..');
}

/** The data set that a run's folder belongs to. */
export function dataFolderOf(runFolder: string): string {
  const home = homeOf(runFolder);
  const [root] = [runsRoot(), ...formerRoots()]
    .filter(known => known !== undefined && home.startsWith(known.endsWith(path.sep) ? known : known + path.sep))
    .sort((a, b) => b!.length - a!.length);
  // The folder for runs may hold the data as well, and they runs of their own.
  if (root === undefined || holdsFiles(home)) return home;
  const inner = path.relative(root, home);
  if (path.sep === '/') return `/${inner}`;
  return /^[a-z]\\/i.test(inner) ? `${inner[0]!}:${inner.slice(1)}` : `\\\\${inner}`;
}

/** The folder has files, as one with data does; one for runs has other folders alone, and what systems hide there. */
function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some(
      entry => !entry.isDirectory() && !entry.name.startsWith('.'),
    );
  } catch {
    return false;
  }
}

/** The path, untrusted and of any kind, is one that the folder of a run may have. */
export function isRunFolder(place: unknown): place is string {
  return (
    typeof place === 'string' &&
    path.isAbsolute(place) &&
    isRunId(path.basename(place)) &&
    place === path.join(homeOf(place), '.digits', 'runs', path.basename(place))
  );
}
