import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { rowOfLine } from './csvDocument';

/** The file and row that the cursor is in, in a pixel CSV that is open as text. Throws a sentence where there is none. */
export function rowAtCursor(): { readonly uri: vscode.Uri; readonly row: number } {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !/\.csv$/i.test(editor.document.uri.path)) {
    throw new DigitsError(
      'no-data',
      sentence`There is no cursor in a CSV that Digits can see; open a CSV of up to 50 MB as text, or go to the row in the preview.`,
    );
  }
  const { document, selection } = editor;
  // The header belongs to no row.
  return { uri: document.uri, row: Math.max(1, rowOfLine(document, selection.active.line + 1)) };
}
