import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { until } from './until';

/** What tests look at of a run's record. */
export interface Run {
  readonly status: string;
  readonly pid: number;
  readonly config: { readonly preset: string };
  readonly bestEpoch?: number;
}

/** The runs of a data set's folder, as their files have them. */
export function runsIn(folder: string): Run[] {
  const runsFolder = path.join(folder, '.digits', 'runs');
  if (!fs.existsSync(runsFolder)) return [];
  return fs.readdirSync(runsFolder).flatMap(id => {
    const file = path.join(runsFolder, id, 'run.json');
    return fs.existsSync(file) ? [JSON.parse(fs.readFileSync(file, 'utf8')) as Run] : [];
  });
}

/** Accepts what the open quick pick or input box suggests, once it is there, until `done`. */
export async function accept(done: () => boolean): Promise<void> {
  await until(
    'the questions to be answered',
    async () => {
      if (done()) return true;
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await vscode.commands.executeCommand('workbench.action.quickInputAccept').then(undefined, () => undefined);
      await new Promise(resolve => setTimeout(resolve, 300));
      return done();
    },
    60_000,
  );
}
