import * as vscode from 'vscode';
import { Disposable } from './disposable';
import type { Log } from './log';
import { settingProblems } from './settings';

/** Says what is wrong with the settings: at the start and whenever they change, once for each value. */
export class SettingsCheck extends Disposable {
  private readonly log: Log;
  private told: ReadonlySet<string> = new Set();

  constructor(log: Log) {
    super();
    this.log = log;
    this.check();
    this.register(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('digits')) this.check();
      }),
    );
  }

  private check(): void {
    const problems = settingProblems();
    for (const problem of problems) if (!this.told.has(problem.message)) this.log.report(problem);
    this.told = new Set(problems.map(({ message }) => message));
  }
}
