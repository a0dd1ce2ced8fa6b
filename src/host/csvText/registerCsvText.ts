import * as vscode from 'vscode';
import { csvFiles } from './csvDocument';
import { csvHover } from './csvHover';
import { csvLens } from './csvLens';
import { OtherTables } from './otherTables';

/** What Digits adds to CSVs that are open as text. */
export function registerCsvText(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider({ pattern: csvFiles }, csvHover),
    // The preview shows files that are on a disk.
    vscode.languages.registerCodeLensProvider({ pattern: csvFiles, scheme: 'file' }, csvLens),
    new OtherTables(),
  );
}
