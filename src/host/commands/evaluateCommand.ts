import path from 'node:path';
import * as vscode from 'vscode';
import { wilsonInterval } from '../../core/metrics';
import { evaluationNotes } from '../../core/run/evaluation';
import { escapeIcons, escapeLinks } from '../../core/printable';
import { dataFolderOf, readRun } from '../../store/run/runFolder';
import { replacedNote, trainFileOf } from '../../store/run/trainingFile';
import { percent, plural } from '../../core/text';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust } from '../log';
import type { RunService } from '../runs/runService';
import { requireRunFolder } from '../runs/requireRunFolder';
import { sayInformation } from '../say';
import { saveFirst } from '../unsaved';
import { pickUsableRun } from './pickRun';
import { shownPath } from '../shownPath';

/** What the evaluate command works with. */
export interface EvaluateServices {
  readonly dataSets: DataSetService;
  readonly runs: RunService;
  readonly openRun: (runFolder: string, preserveFocus: boolean, evaluation: string) => void;
}

/** "Digits: Evaluate on File": predicts a labelled file with a run's network and shows the result in the run's panel. `given`: a run's folder or a CSV; what is not given is picked. */
export async function evaluateCommand({ dataSets, runs, openRun }: EvaluateServices, given?: string): Promise<void> {
  requireTrust();
  const givenFile = given !== undefined && path.extname(given).toLowerCase() === '.csv' ? given : undefined;
  const runFolder =
    given !== undefined && givenFile === undefined ? requireRunFolder(given) : await pickRunFor(givenFile, dataSets);
  if (runFolder === undefined) return;
  const file = givenFile ?? (await pickLabelledFile(dataSets, runFolder));
  if (file === undefined) return;

  if (!(await saveFirst([file]))) return;
  const name = shownPath(file);
  const evaluation = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: escapeLinks(`Evaluating on ${name}`), cancellable: true },
    (notification, token) =>
      runs.evaluate({ runFolder, file }, token, progress => {
        if (progress.phase === 'reading')
          notification.report({ message: `reading, ${Math.round(progress.share * 100)} %` });
        if (progress.phase === 'predicting')
          notification.report({ message: `predicting, ${Math.round(progress.share * 100)} %` });
      }),
  );
  if (!evaluation.unkept) openRun(runFolder, false, evaluation.id);
  const { right, images } = evaluation;
  const { low, high } = wilsonInterval(right, images);
  const run = await readRun(runFolder);
  void sayInformation(
    [
      `${percent(right / images)} of ${plural(images, 'image')} of ${name} right (95 % confidence interval ${percent(low)} to ${percent(high)}).`,
      ...evaluationNotes(evaluation, run.data),
      ...(await replacedNote(runFolder, run)),
    ].join(' '),
  );
}

/** A run of the data set that a file lies beside, or of the current one. */
async function pickRunFor(file: string | undefined, dataSets: DataSetService): Promise<string | undefined> {
  const own = file === undefined ? undefined : await dataSets.of(path.dirname(file));
  const dataSet = own ?? (await dataSets.choose());
  return (
    dataSet && pickUsableRun(dataSet.folder, 'Choose the run whose network is evaluated, by its validation accuracy')
  );
}

/** Where a file is within the workspace; nothing for its root. */
function folderOf(file: string): string {
  const folder = path.dirname(shownPath(file));
  return folder === '.' ? '' : folder;
}

/** A file with labels and with images of the run's size: one of the workspace, or any. */
async function pickLabelledFile(dataSets: DataSetService, runFolder: string): Promise<string | undefined> {
  const run = await readRun(runFolder);
  const { data } = run;
  const dataFolder = dataFolderOf(runFolder);
  const trainFile = trainFileOf(runFolder, run);
  const files = async (): Promise<(vscode.QuickPickItem & { readonly file?: string })[]> => {
    const usable = (await dataSets.labelledFiles()).filter(({ side }) => side === data.side);
    const items = usable.map(({ file }) => ({
      label: escapeIcons(path.basename(file)),
      description: escapeIcons(folderOf(file)),
      ...(file === trainFile && { detail: 'The network was trained on images of this file' }),
      file,
    }));
    return [
      ...items.sort((a, b) => Number(a.file === trainFile) - Number(b.file === trainFile)),
      { label: '$(folder-opened) Browse…', alwaysShow: true },
    ];
  };
  const picked = await vscode.window.showQuickPick(files(), {
    title: 'Evaluate on File',
    placeHolder: 'Choose a pixel CSV with labels',
  });
  if (!picked || picked.file !== undefined) return picked?.file;
  const chosen = await vscode.window.showOpenDialog({
    title: 'Evaluate on File',
    openLabel: 'Evaluate',
    filters: { 'Pixel CSV': ['csv'] },
    defaultUri: vscode.Uri.file(dataFolder),
  });
  return chosen?.[0]?.fsPath;
}
