import path from 'node:path';
import * as vscode from 'vscode';
import { readFormat } from '../../store/pixelFile/openPixelFile';
import { escapeIcons } from '../../core/printable';
import type { DataSetService } from '../dataSets/dataSetService';
import { shownPath } from '../shownPath';

/** The pixel CSV that a command without an argument means: the one in the active editor, else one of the data sets' files. */
export async function pickPixelFile(dataSets: DataSetService): Promise<string | undefined> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  // Files over 50 MB have no text editor, but they have a tab.
  if (input instanceof vscode.TabInputText && input.uri.scheme === 'file' && /\.csv$/i.test(input.uri.path)) {
    // Unless it is a submission or some other table.
    const isPixelFile = await readFormat(input.uri.fsPath).then(
      () => true,
      () => false,
    );
    if (isPixelFile) return input.uri.fsPath;
  }

  const dataSet = await dataSets.choose();
  const files = [dataSet?.trainFile, dataSet?.testFile].filter(file => file !== undefined);
  if (files.length <= 1) return files[0];
  const items = files.map(file => ({
    label: escapeIcons(path.basename(file)),
    description: escapeIcons(shownPath(path.dirname(file))),
    file,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Preview Images',
    placeHolder: 'Choose the file whose images to show',
  });
  return picked?.file;
}
