import * as vscode from 'vscode';
import { fullName, shortName, titleProblem } from '../../core/run/runName';
import { readRunSummary } from '../../store/run/runFolder';
import { writeTitle } from '../../store/run/titleFile';
import { requireTrust } from '../log';
import type { RunService } from '../runs/runService';

/** "Digits: Rename Run": asks for a run's title; an empty one gives it its default name again. */
export async function renameRunCommand(runs: RunService, runFolder: string): Promise<void> {
  requireTrust();
  const { run, title } = await readRunSummary(runFolder);
  const answer = await vscode.window.showInputBox({
    title: 'Rename Run',
    value: title ?? shortName({ run }),
    prompt: `A title for this run. Leave it empty for the default name, "${fullName({ run })}".`,
    validateInput: titleProblem,
  });
  if (answer === undefined) return;
  // The default name, accepted as it is, is no title.
  await writeTitle(runFolder, answer.trim() === shortName({ run }) ? '' : answer);
  runs.tellChanged(runFolder);
}
