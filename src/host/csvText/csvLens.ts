import * as vscode from 'vscode';
import { pixelFormatOf } from './csvDocument';

/** Over the first line of a pixel CSV that is open as text: its images. */
export const csvLens: vscode.CodeLensProvider = {
  provideCodeLenses(document) {
    if (!pixelFormatOf(document)) return [];
    const { range } = document.lineAt(0);
    return [
      new vscode.CodeLens(range, {
        title: 'Preview Images',
        command: 'digits.previewImages',
        arguments: [document.uri],
        tooltip: 'Show the images of all rows',
      }),
      new vscode.CodeLens(range, {
        title: 'Preview Row at Cursor',
        command: 'digits.previewRow',
        arguments: [document.uri],
        tooltip: "Show the images of all rows, with that of the cursor's row marked",
      }),
    ];
  },
};
