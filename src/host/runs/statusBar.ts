import path from 'node:path';
import * as vscode from 'vscode';
import { escapeIcons } from '../../core/printable';
import { percent } from '../../core/text';
import { Disposable } from '../disposable';
import type { DataSetService } from '../dataSets/dataSetService';
import { folderName } from '../dataSets/dataSetService';
import type { RunService } from './runService';

/** One status bar item: which data set was found, or how far the training has come. */
export class StatusBar extends Disposable {
  private readonly item = this.register(
    vscode.window.createStatusBarItem('digits.status', vscode.StatusBarAlignment.Left, 0),
  );
  private readonly dataSets: DataSetService;

  constructor(dataSets: DataSetService, runs: RunService) {
    super();
    this.dataSets = dataSets;
    this.item.name = 'Digits';
    this.showData();
    this.register(dataSets.onDidChange(() => this.showData()));
    this.register(
      runs.onDidProgress(({ runFolder, progress }) => {
        if (progress.phase !== 'training') return;
        this.item.text = `$(pulse) Epoch ${progress.epoch}/${progress.epochs}, ${percent(progress.accuracy)}`;
        this.item.tooltip = 'Digits is training; click to see the run';
        this.item.command = { command: 'digits.openRun', title: 'Open Run', arguments: [runFolder] };
        this.item.show();
      }),
    );
    this.register(runs.onDidEndTraining(() => this.showData()));
  }

  private showData(): void {
    const { usable, current } = this.dataSets;
    if (usable.length === 0) {
      this.item.hide();
      return;
    }
    const files = [current?.trainFile, current?.testFile]
      .filter(file => file !== undefined)
      .map(file => path.basename(file));
    const what = current && (usable.length === 1 ? files.join(', ') : folderName(current));
    this.item.text = `$(symbol-array) Digits: ${what === undefined ? `${usable.length} data sets` : escapeIcons(what)}`;
    this.item.tooltip = current ? `Digits works with ${current.folder}` : 'Select the data set that Digits works with';
    this.item.command =
      usable.length > 1 ? 'digits.selectDataSet' : { command: 'digits.dataSets.focus', title: 'Show Digits' };
    this.item.show();
  }
}
