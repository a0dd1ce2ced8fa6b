import * as vscode from 'vscode';
import type { ListedRun } from '../../store/run/runFolder';
import type { RunStatus } from '../../core/run/runRecord';
import { runDescription, runLabel, runResult, runTooltip } from './runWords';

/** A run in the view "Digits". */
export interface RunNode extends ListedRun {
  readonly type: 'run';
  readonly canResume: boolean;
}

const statusIcons: Readonly<Record<RunStatus, string>> = {
  training: 'pulse',
  done: 'pass',
  cancelled: 'circle-slash',
  failed: 'error',
  interrupted: 'warning',
};

/** A run's line in the view. */
export function runItem(node: RunNode): vscode.TreeItem {
  const { runFolder, run, canResume } = node;
  const item = new vscode.TreeItem(runResult(node));
  item.id = runFolder;
  item.iconPath = new vscode.ThemeIcon(statusIcons[run.status]);
  item.description = runDescription(node);
  // Or else a screen reader hears the tooltip.
  item.accessibilityInformation = { label: runLabel(node) };
  item.tooltip = runTooltip(node);
  item.contextValue = [
    'run',
    ...(run.bestEpoch === undefined ? [] : ['usable']),
    ...(canResume ? ['resumable'] : []),
  ].join(' ');
  item.command = { command: 'digits.openRun', title: 'Open Run', arguments: [runFolder] };
  return item;
}
