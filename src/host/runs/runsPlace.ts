import * as vscode from 'vscode';
import { setRunsRoot } from '../../store/run/runPaths';
import type { DataSetService } from '../dataSets/dataSetService';
import { Disposable } from '../disposable';
import { readRunsFolder } from '../settings';

/** Keeps the folder for runs what the setting says, and has the views look again where that changes. */
export class RunsPlace extends Disposable {
  constructor() {
    super();
    setRunsRoot(readRunsFolder());
  }

  follow(dataSets: DataSetService, onDidChange: () => void): this {
    this.register(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (!event.affectsConfiguration('digits.runsFolder')) return;
        setRunsRoot(readRunsFolder());
        onDidChange();
        void dataSets.refresh();
      }),
    );
    return this;
  }
}
