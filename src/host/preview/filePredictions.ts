import path from 'node:path';
import * as vscode from 'vscode';
import type { Fingerprint } from '../../core/csv/fingerprint';
import { findPredictions, type PredictionSource } from '../../store/run/predictionSources';
import { Disposable } from '../disposable';
import type { DataSetService } from '../dataSets/dataSetService';
import type { RunAccess } from '../runs/runAccess';

/** Events of a run come several at a time, in ms. */
const SETTLED = 300;

/** Which runs of the workspace have predictions for a file. */
export class FilePredictions extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  /** A run finished, was deleted or predicted another file. */
  readonly onDidChange = this.changed.event;
  private readonly dataSets: DataSetService;
  private timer: NodeJS.Timeout | undefined;

  constructor(dataSets: DataSetService, runs: RunAccess) {
    super();
    this.dataSets = dataSets;
    const tellSoon = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed.fire(), SETTLED);
    };
    this.register({ dispose: () => clearTimeout(this.timer) });
    // A run's folder that goes as a whole tells nothing of its files: the data sets notice.
    this.register(runs.onDidChangeRun(tellSoon));
    this.register(dataSets.onDidChange(tellSoon));
  }

  /** The newest run's first. `file` is absolute; `print` is that of the file as it is shown. */
  async find(file: string, print: Fingerprint): Promise<readonly PredictionSource[]> {
    const known = (await this.dataSets.all()).map(({ folder }) => folder);
    return findPredictions(file, print, [...new Set([path.dirname(file), ...known])]);
  }
}
