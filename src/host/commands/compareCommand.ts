import path from 'node:path';
import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { escapeIcons } from '../../core/printable';
import { dataFolderOf } from '../../store/run/runFolder';
import { shortName } from '../../core/run/runName';
import { statusNames } from '../../core/run/runRecord';
import { dayAndTime } from '../../core/text';
import { runResult } from '../runs/runWords';
import type { RunService } from '../runs/runService';
import { sayInformation } from '../say';

/** What the compare command works with. */
export interface CompareServices {
  readonly runs: RunService;
  /** Shows a run's panel with the curves of others over its own. */
  readonly compare: (runFolder: string, ids: readonly string[]) => void;
}

/** "Digits: Compare Runs": shows the first run's panel, compared with the others, or with those that are picked where there are none. */
export async function compareCommand(
  { runs, compare }: CompareServices,
  [first, ...others]: readonly [string, ...string[]],
): Promise<void> {
  if (others.some(other => dataFolderOf(other) !== dataFolderOf(first))) {
    throw new DigitsError(
      'mismatch',
      sentence`Only runs of the same data set can be compared; select some of one data set.`,
    );
  }
  const ids = others.length > 0 ? others.map(other => path.basename(other)) : await pickCompared(runs, first, []);
  if (ids !== undefined) compare(first, ids);
}

/** Asks with which runs of its data set one is compared, those of `ids` chosen already; undefined when the choice was cancelled or there is no other run. */
export async function pickCompared(
  runs: RunService,
  runFolder: string,
  ids: readonly string[],
): Promise<readonly string[] | undefined> {
  const others = (await runs.list(dataFolderOf(runFolder))).filter(other => other.runFolder !== runFolder);
  if (others.length === 0) {
    void sayInformation('There is no other run of this data set to compare with yet; train another one first.');
    return undefined;
  }
  const items = others.map(other => {
    const id = path.basename(other.runFolder);
    return {
      label: escapeIcons(shortName(other)),
      description: runResult(other),
      detail: `${dayAndTime(other.run.created)}, ${statusNames[other.run.status].toLowerCase()}`,
      picked: ids.includes(id),
      id,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Compare with…',
    placeHolder: "Choose the runs whose curves are shown beside this one's",
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.map(({ id }) => id);
}
