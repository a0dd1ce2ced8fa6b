import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { escapeLinks } from '../../core/printable';
import { replacedNote } from '../../store/run/trainingFile';
import { dataFolderOf, readRun } from '../../store/run/runFolder';
import { plural } from '../../core/text';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust } from '../log';
import type { RunService } from '../runs/runService';
import { askFirst, sayInformation } from '../say';
import { saveFirst } from '../unsaved';
import { pickUsableRun } from './pickRun';
import { shownPath } from '../shownPath';

/** "Digits: Write Submission": predicts the test file with a run's network, by default one that is picked, and opens the result. */
export async function submitCommand(dataSets: DataSetService, runs: RunService, runFolder?: string): Promise<void> {
  requireTrust();
  const folder = runFolder === undefined ? (await dataSets.choose())?.folder : dataFolderOf(runFolder);
  if (folder === undefined) return;
  const testFile = await dataSets.requireTestFile(folder);
  const sampleFile = (await dataSets.of(folder))?.sampleSubmission;
  const chosen =
    runFolder ?? (await pickUsableRun(folder, 'Choose the run whose network predicts, by its validation accuracy'));
  if (chosen === undefined) return;
  const [replaced] = await replacedNote(chosen, await readRun(chosen));
  if (replaced !== undefined && (await askFirst('Write the submission with this run?', replaced, 'Write')) !== 'Write')
    return;
  if (!(await saveFirst([testFile, sampleFile]))) return;
  const outFile = path.join(folder, 'submission.csv');
  if (!(await mayReplace(outFile))) return;

  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: escapeLinks(`Writing ${shownPath(outFile)}`),
      cancellable: true,
    },
    (notification, token) =>
      runs.submit({ runFolder: chosen, testFile, sampleFile, outFile }, token, progress => {
        if (progress.phase === 'reading')
          notification.report({
            message: `reading ${escapeLinks(progress.file)}, ${Math.round(progress.share * 100)} %`,
          });
        if (progress.phase === 'predicting')
          notification.report({ message: `predicting, ${Math.round(progress.share * 100)} %` });
      }),
  );
  await vscode.window.showTextDocument(vscode.Uri.file(outFile), { preview: false });
  const wrote = `Wrote ${plural(result.rows, 'prediction')} to ${shownPath(outFile)}.`;
  void sayInformation([wrote, ...result.notes].join(' '));
}

async function mayReplace(file: string): Promise<boolean> {
  const exists = await fs.access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return true;
  const answer = await askFirst(
    `Replace ${shownPath(file)}?`,
    'It exists already, and its predictions will be overwritten.',
    'Replace',
  );
  return answer === 'Replace';
}
