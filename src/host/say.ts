import * as vscode from 'vscode';
import { escapeLinks } from '../core/printable';

// Notifications make links of `[words](command:…)`, which run the command: names of files and titles of runs are in them,
// so nothing of Digits shows one but through here. ESLint holds it.

export function sayInformation(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(escapeLinks(message), ...buttons);
}

export function sayWarning(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(escapeLinks(message), ...buttons);
}

export function sayError(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(escapeLinks(message), ...buttons);
}

/** Asks in a dialog. */
export function askFirst(
  question: string,
  detail: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(escapeLinks(question), { modal: true, detail }, ...buttons);
}
