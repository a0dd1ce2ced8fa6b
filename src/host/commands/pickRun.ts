import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { escapeIcons } from '../../core/printable';
import { listRuns, type ListedRun } from '../../store/run/runFolder';
import { shortName } from '../../core/run/runName';
import { statusNames, totalEpochs } from '../../core/run/runRecord';
import { dayAndTime, plural } from '../../core/text';
import type { DataSetService } from '../dataSets/dataSetService';
import { runResult } from '../runs/runWords';
import type { RunService } from '../runs/runService';

/** Asks which of some runs is meant. */
export async function pickRun(runs: readonly ListedRun[], placeHolder: string): Promise<string | undefined> {
  const items = runs.map(({ runFolder, run, title }) => ({
    label: runResult({ run }),
    description: `${escapeIcons(shortName({ run, title }))}, ${run.bestEpoch === undefined ? plural(totalEpochs(run), 'epoch') : `epoch ${run.bestEpoch} of ${totalEpochs(run)}`}`,
    detail: `${dayAndTime(run.created)}, ${statusNames[run.status].toLowerCase()}`,
    runFolder,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Select Run',
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.runFolder;
}

/** A run of the folder that has a network; asks when there are several, the most accurate first. Throws `no-run` when there is none. */
export async function pickUsableRun(folder: string, placeHolder: string): Promise<string | undefined> {
  const usable = (await listRuns(folder)).filter(({ run }) => run.bestEpoch !== undefined);
  if (usable.length === 0)
    throw new DigitsError(
      'no-run',
      sentence`There is no trained network for ${folder} yet; run "Digits: Train Model" first.`,
    );
  if (usable.length === 1) return usable[0]!.runFolder;
  return pickRun(
    usable.sort((a, b) => (b.run.valAccuracy ?? 0) - (a.run.valAccuracy ?? 0)),
    placeHolder,
  );
}

/** A run of the current data set, newest first; undefined when the choice was cancelled. Throws `no-run` when there is none. `purpose`: "to open". */
export async function pickRunFolder(
  dataSets: DataSetService,
  runService: RunService,
  purpose = 'to open',
): Promise<string | undefined> {
  const dataSet = await dataSets.choose();
  if (!dataSet) return undefined;
  const runs = await runService.list(dataSet.folder);
  if (runs.length === 0)
    throw new DigitsError(
      'no-run',
      sentence`There is no run in ${dataSet.folder} yet; run "Digits: Train Model" first.`,
    );
  return runs.length === 1 ? runs[0]!.runFolder : pickRun(runs, `Choose the run ${purpose}, newest first`);
}
