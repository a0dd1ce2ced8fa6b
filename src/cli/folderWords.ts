import { runsRoot } from '../store/run/runPaths';
import { shellWord } from './shellWord';

/** A data set as a command that is offered to be copied names it: its folder, and where its runs are. */
export function folderWords(folder: string): string {
  const root = runsRoot();
  return root === undefined ? shellWord(folder) : `${shellWord(folder)} --runs ${shellWord(root)}`;
}
