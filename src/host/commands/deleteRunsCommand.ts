import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { requireOwnPlace } from '../../store/run/runFiles';
import { readRunSummary } from '../../store/run/runFolder';
import { fullName } from '../../core/run/runName';
import { homeOf } from '../../store/run/runPaths';
import { plural } from '../../core/text';
import { requireTrust } from '../log';
import type { RunService } from '../runs/runService';
import { askFirst } from '../say';

/** What the delete command works with. */
export interface DeleteRunServices {
  readonly runs: RunService;
  readonly closePanel: (runFolder: string) => void;
}

/** "Digits: Delete Run": moves runs to the trash once the user agrees, or deletes them for good where there is no trash and the user agrees to that too. */
export async function deleteRunsCommand(
  { runs, closePanel }: DeleteRunServices,
  runFolders: readonly string[],
): Promise<void> {
  requireTrust();
  for (const runFolder of runFolders) await requireOwnPlace(homeOf(runFolder), runFolder);
  const what = await describe(runFolders);
  await refuseTraining(runs, runFolders);
  const detail = `${runFolders.length === 1 ? 'Its folder goes' : 'Their folders go'} to the trash, with curves, weights and predictions.`;
  if ((await askFirst(`Delete ${what}?`, detail, 'Move to Trash')) !== 'Move to Trash') return;
  // One may have gone on while the question stood.
  await refuseTraining(runs, runFolders);

  const gone = (runFolder: string): void => {
    closePanel(runFolder);
    runs.tellChanged(runFolder);
  };
  const left: string[] = [];
  for (const runFolder of runFolders) {
    if (await remove(runFolder, true)) gone(runFolder);
    else left.push(runFolder);
  }
  if (left.length === 0) return;

  const rest = left.length === runFolders.length ? what : await describe(left);
  const question = `${capitalized(rest)} can't be moved to a trash here. Delete ${left.length === 1 ? 'it' : 'them'} permanently?`;
  if ((await askFirst(question, "This can't be undone.", 'Delete Permanently')) !== 'Delete Permanently') return;
  await refuseTraining(runs, left);
  for (const runFolder of left) {
    if (!(await remove(runFolder, false)))
      throw new DigitsError(
        'write-failed',
        sentence`${runFolder} could not be deleted; another program may have a file of it open. Close it and try again.`,
      );
    gone(runFolder);
  }
}

/** "the run "first try"", "3 runs". */
async function describe(runFolders: readonly string[]): Promise<string> {
  if (runFolders.length !== 1) return plural(runFolders.length, 'run');
  const [runFolder] = runFolders as [string];
  const name = await readRunSummary(runFolder).then(fullName, () => path.basename(runFolder));
  return `the run "${name}"`;
}

/** Throws while one of them trains: what trains writes to its folder. */
async function refuseTraining(runs: RunService, runFolders: readonly string[]): Promise<void> {
  for (const runFolder of runFolders) {
    const summary = await readRunSummary(runFolder).catch(() => undefined);
    if (!runs.trainsHere(runFolder) && summary?.run.status !== 'training') continue;
    throw new DigitsError(
      'mismatch',
      sentence`The run "${summary ? fullName(summary) : path.basename(runFolder)}" is being trained; cancel the training first, then delete the run.`,
    );
  }
}

/** Whether a folder is gone now. */
async function remove(folder: string, useTrash: boolean): Promise<boolean> {
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(folder), { recursive: true, useTrash });
    return true;
  } catch {
    // Gone before, by another hand.
    return fs.access(folder).then(
      () => false,
      () => true,
    );
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
