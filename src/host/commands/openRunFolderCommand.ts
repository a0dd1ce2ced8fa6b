import path from 'node:path';
import * as vscode from 'vscode';

/** "Digits: Open Run Folder": shows a run's folder in the system's file manager, or in the Explorer where the files are on another machine. */
export async function openRunFolderCommand(runFolder: string): Promise<void> {
  const elsewhere = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  // Of the folder itself the Explorer would show only the name.
  if (elsewhere)
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(path.join(runFolder, 'run.json')));
  else await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(runFolder));
}
