import * as vscode from 'vscode';
import { DigitsError, toErrorData } from '../core/errors';
import { sentence } from '../core/sentence';
import { sayError } from './say';
import { SettingError } from './settings';

/** The log "Digits" of the Output panel, and the one place that shows errors to people. */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Digits', { log: true });

  info(line: string): void {
    this.channel.info(line);
  }

  show(): void {
    this.channel.show(true);
  }

  /** Shows an error once, as one sentence with "Show Log", and a way to the setting that is at fault; being cancelled is no error. */
  report(error: unknown): void {
    if (toErrorData(error).code === 'cancelled') return;
    this.logError(error);
    const buttons = error instanceof SettingError ? ['Open Settings', 'Show Log'] : ['Show Log'];
    void sayError(inWindowLanguage(error), ...buttons).then(choice => {
      if (choice === 'Show Log') this.show();
      else if (choice !== undefined && error instanceof SettingError)
        void vscode.commands.executeCommand('workbench.action.openSettings', error.setting);
    });
  }

  /** Shows an error once, with ways to go on in spite of it; returns the one that was chosen. */
  async offer<Way extends string>(error: DigitsError, ...waysOn: readonly Way[]): Promise<Way | undefined> {
    this.logError(error);
    const choice = await sayError(inWindowLanguage(error), ...waysOn, 'Show Log');
    if (choice === 'Show Log') this.show();
    return waysOn.find(way => way === choice);
  }

  /** For the log alone: a view shows the sentence itself. Being cancelled is no error. */
  logError(error: unknown): void {
    const { code, message, detail } = toErrorData(error);
    if (code === 'cancelled') return;
    this.channel.error(detail === undefined ? message : `${message}\n${detail}`);
  }

  /** Wraps a command so that what it throws is reported. */
  guard<A extends unknown[]>(action: (...args: A) => unknown): (...args: A) => Promise<void> {
    return async (...args) => {
      try {
        await action(...args);
      } catch (error) {
        // VS Code's own cancellations are none of ours to report.
        if (!(error instanceof vscode.CancellationError)) this.report(error);
      }
    };
  }

  dispose(): void {
    this.channel.dispose();
  }
}

/** Any thrown value as a sentence in the language of the window, where there is a translation, else in English. */
export function inWindowLanguage(error: unknown): string {
  const { message, sentence: said } = toErrorData(error);
  return said ? vscode.l10n.t(said.template, ...said.args) : message;
}

/** Throws unless the folder is trusted: training and writing run code and change files on the user's behalf. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new DigitsError(
    'bad-setting',
    sentence`Digits trains and writes files only in a trusted folder; run "Workspaces: Manage Workspace Trust" and trust this one.`,
  );
}
