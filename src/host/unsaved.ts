import * as vscode from 'vscode';
import { askFirst, sayInformation } from './say';
import { shownPath } from './shownPath';

const save = 'Save';
const asOnDisk = 'Use the File on Disk';

/** Those of some files that are open with changes that were not saved. */
function unsaved(files: readonly (string | undefined)[]): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && files.includes(uri.fsPath),
  );
}

/**
 * Digits reads files as they are on disk: asks what is to be done where some are about to be read that have unsaved changes.
 * False where the user gives up, or what they want saved could not be.
 */
export async function saveFirst(files: readonly (string | undefined)[], ask = askFirst): Promise<boolean> {
  for (const document of unsaved(files)) {
    const answer = await ask(
      `${shownPath(document.uri)} has unsaved changes. Save them first?`,
      'Digits reads the file on disk, which does not have them yet.',
      save,
      asOnDisk,
    );
    if (answer === undefined) return false;
    if (answer === save && !(await document.save())) return false;
  }
  return true;
}

/** Says that what is shown of a file is without its unsaved changes. A view of it hears of them once they are saved. */
export async function tellUnsaved(uri: vscode.Uri, say = sayInformation): Promise<void> {
  const [document] = unsaved([uri.fsPath]);
  if (!document) return;
  const answer = await say(
    `${shownPath(uri)} has unsaved changes, which its preview does not show until they are saved.`,
    save,
  );
  if (answer === save) await document.save();
}
