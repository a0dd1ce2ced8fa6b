import * as vscode from 'vscode';
import type { DataSetService } from '../dataSets/dataSetService';
import { runFoldersFrom } from '../runs/runSelection';
import type { Log } from '../log';
import type { RunPanels } from '../run/runPanels';
import type { RunService } from '../runs/runService';
import { requireRunFolder } from '../runs/requireRunFolder';
import { compareCommand } from './compareCommand';
import { deleteRunsCommand } from './deleteRunsCommand';
import { openRunFolderCommand } from './openRunFolderCommand';
import { pickRunFolder } from './pickRun';
import { renameRunCommand } from './renameRunCommand';

/** What the commands of the list of runs work with. */
export interface RunCommandServices {
  readonly dataSets: DataSetService;
  readonly runs: RunService;
  readonly panels: RunPanels;
  readonly log: Log;
  /** What is selected in the view "Digits". */
  readonly selection: () => readonly unknown[];
}

/** One run or more. */
type RunFolders = readonly [string, ...string[]];

/** Registers what can be done with the runs of the list: by its menu, by its keys, and by the Command Palette, which asks for a run. */
export function registerRunCommands({ dataSets, runs, panels, log, selection }: RunCommandServices): vscode.Disposable {
  const command = (name: string, purpose: string, action: (runFolders: RunFolders) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(
      `digits.${name}`,
      log.guard(async (argument?: unknown, selected?: unknown) => {
        const [first, ...others] =
          argument === undefined
            ? [await pickRunFolder(dataSets, runs, purpose)]
            : runFoldersFrom(argument, selected, selection());
        if (first !== undefined)
          await action([
            requireRunFolder(first),
            ...others.filter(runFolder => runFolder !== undefined).map(requireRunFolder),
          ]);
      }),
    );
  return vscode.Disposable.from(
    command('compareRuns', 'to compare with others', runFolders =>
      compareCommand({ runs, compare: (runFolder, ids) => panels.compare(runFolder, ids) }, runFolders),
    ),
    command('renameRun', 'to rename', ([runFolder]) => renameRunCommand(runs, runFolder)),
    command('deleteRun', 'to delete', runFolders =>
      deleteRunsCommand({ runs, closePanel: runFolder => panels.close(runFolder) }, runFolders),
    ),
    command('openRunFolder', 'whose folder is shown', ([runFolder]) => openRunFolderCommand(runFolder)),
  );
}
