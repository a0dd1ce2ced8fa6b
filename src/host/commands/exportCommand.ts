import path from 'node:path';
import * as vscode from 'vscode';
import { readExportFolder } from '../../store/exportFolder';
import { dataFolderOf } from '../../store/run/runFolder';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust } from '../log';
import type { RunService } from '../runs/runService';
import { sayInformation } from '../say';
import { pickUsableRun } from './pickRun';
import { shownPath } from '../shownPath';

/** "Digits: Export Model": writes the network of a run, by default one that is picked, as a page, a script and a tfjs model, to a folder that is picked. */
export async function exportCommand(dataSets: DataSetService, runs: RunService, given?: string): Promise<void> {
  requireTrust();
  const folder = given === undefined ? (await dataSets.choose())?.folder : dataFolderOf(given);
  if (folder === undefined) return;
  const runFolder =
    given ?? (await pickUsableRun(folder, 'Choose the run whose network is exported, by its validation accuracy'));
  if (runFolder === undefined) return;
  const chosen = await vscode.window.showOpenDialog({
    title: 'Export Model: Choose Where To',
    openLabel: 'Export Here',
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(folder),
  });
  if (!chosen?.[0]) return;
  const outFolder = await folderFor(chosen[0].fsPath, path.basename(runFolder));

  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Exporting the model', cancellable: true },
    (_, token) => runs.exportModel({ runFolder, outFolder }, token),
  );
  const uri = vscode.Uri.file(outFolder);
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const action = inWorkspace ? 'Reveal' : 'Open Folder';
  const answer = await sayInformation(
    `Exported the model to ${shownPath(uri)}; open index.html in a browser and draw a digit.`,
    action,
  );
  if (answer === undefined) return;
  if (inWorkspace) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.joinPath(uri, 'index.html'));
  else await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}

/** The folder that was chosen where it is empty or an earlier export, and otherwise one in it. */
async function folderFor(chosen: string, runId: string): Promise<string> {
  const isFree = await readExportFolder(chosen).then(
    ({ foreign }) => foreign === undefined,
    () => false,
  );
  return isFree ? chosen : path.join(chosen, `exported-${runId}`);
}
