import * as vscode from 'vscode';
import { engineLines, engineSentence } from '../../core/engineReport';
import { checkEngines, describeMachine } from '../../processes/checkEngines';
import type { DataSetService } from '../dataSets/dataSetService';
import type { Log } from '../log';
import type { RunService } from '../runs/runService';
import { sayInformation } from '../say';
import { readEngine } from '../settings';

/** "Digits: Check Engine": measures both engines, says which one runs and why, and writes all of it to the log. Throws where none runs. */
export async function checkEngineCommand(dataSets: DataSetService, runs: RunService, log: Log): Promise<void> {
  const folder = dataSets.current?.folder;
  const choice = readEngine(folder === undefined ? undefined : vscode.Uri.file(folder));
  const child = runs.spawn();
  const report = await vscode.window
    .withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Checking the engine', cancellable: true },
      (notification, token) => {
        // Nothing is to be kept: it ends at once.
        token.onCancellationRequested(() => runs.end(child));
        return checkEngines(child, choice, name => notification.report({ message: `measuring the ${name} one` }));
      },
    )
    .then(
      result => {
        runs.end(child);
        return result;
      },
      (error: unknown) => {
        runs.end(child);
        throw error;
      },
    );

  const lines = engineLines(report, describeMachine());
  for (const line of lines) log.info(line);
  const answer = await sayInformation(engineSentence(report), 'Copy Report', 'Show Log');
  if (answer === 'Copy Report') await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  if (answer === 'Show Log') log.show();
}
