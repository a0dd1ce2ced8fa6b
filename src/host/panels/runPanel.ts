import * as vscode from 'vscode';
import { fromErrorData, toErrorData } from '../../core/errors';
import type { RunRecord } from '../../core/run/runRecord';
import { dayAndTime } from '../../core/text';
import type { ImagePage, RunPanelHost, RunPanelState, RunPanelView } from '../../protocol/panels';
import { Rpc } from '../../protocol/rpc';
import { stampOf, type PixelFiles, type PixelFileShare } from '../preview/pixelFiles';
import type { RunAccess } from '../runs/runAccess';
import { checkTrainFile, runPanelState, trainFileOf } from './runState';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** What a panel has others do. */
export interface RunPanelActions {
  writeSubmission(runFolder: string): void;
  revealInPreview(uri: vscode.Uri, row: number): void;
  showLog(): void;
  /** Writes an error to the log and shows nothing: the panel has shown it. */
  logError(error: unknown): void;
}

/** What all panels work with. */
export interface RunPanelContext {
  readonly extensionUri: vscode.Uri;
  readonly runs: RunAccess;
  readonly files: PixelFiles;
  readonly actions: RunPanelActions;
}

/** The panel of one run. It keeps nothing that the run's folder doesn't have, and costs nothing while it is hidden. */
export class RunPanel implements vscode.Disposable {
  readonly runFolder: string;
  private readonly panel: vscode.WebviewPanel;
  private readonly context: RunPanelContext;
  private readonly rpc: Rpc<RunPanelHost, RunPanelView>;
  private readonly disposables: vscode.Disposable[] = [];
  private images: Promise<PixelFileShare> | undefined;
  /** Counts loadings: only the last one is shown. */
  private loading = 0;
  private disposed = false;

  constructor(runFolder: string, panel: vscode.WebviewPanel, context: RunPanelContext) {
    this.runFolder = runFolder;
    this.panel = panel;
    this.context = context;
    const { runs, actions } = context;
    panel.webview.options = webviewOptions(context.extensionUri);
    this.rpc = new Rpc<RunPanelHost, RunPanelView>(
      { send: message => void this.post(message), listen: onMessage => this.disposables.push(panel.webview.onDidReceiveMessage(onMessage)) },
      {
        ready: () => this.state(),
        images: rows => this.read(rows.slice(0, 512)),
        cancel: () => runs.cancel(runFolder),
        writeSubmission: () => actions.writeSubmission(runFolder),
        revealInPreview: row => this.reveal(row),
        showLog: () => actions.showLog(),
        logError: error => actions.logError(fromErrorData(error)),
      },
      { onError: error => actions.logError(error) },
    );
    this.disposables.push(
      runs.onDidChangeRun(folder => {
        if (folder === runFolder) void this.refresh();
      }),
      runs.onDidChangeData(() => void this.refresh()),
      runs.onDidProgress(event => {
        if (event.runFolder === runFolder) this.rpc.notify('progress', event.progress);
      }),
      runs.onDidEndEpoch(event => {
        if (event.runFolder === runFolder) this.rpc.notify('epoch', event.epoch);
      }),
      // A hidden view is gone; it says `ready` when it is back.
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.releaseImages();
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    panel.webview.html = webviewHtml(panel.webview, context.extensionUri, 'run', 'Digits Run');
  }

  show(preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.releaseImages();
    this.rpc.close();
    vscode.Disposable.from(...this.disposables).dispose();
    // The panel itself stays: a window that is reloaded restores it.
  }

  private async state(): Promise<RunPanelState> {
    this.loading++;
    const state = await runPanelState(this.runFolder, this.context.runs);
    if (!this.disposed) this.panel.title = titleOf(state.run);
    return state;
  }

  /** Shows the run as its folder has it now. */
  private async refresh(): Promise<void> {
    if (!this.panel.visible) return;
    const loading = this.loading + 1;
    try {
      const state = await this.state();
      if (loading === this.loading) this.rpc.notify('state', state);
    } catch (error) {
      if (loading !== this.loading) return;
      this.context.actions.logError(error);
      this.rpc.notify('failed', toErrorData(error).message);
    }
  }

  /** Only while the file is the one that was trained on: otherwise its rows are other images. */
  private async read(rows: readonly number[]): Promise<ImagePage> {
    this.images ??= this.openImages();
    const opening = this.images;
    try {
      const share = await opening;
      const page = await share.images(rows);
      // Looked at after reading, so that a file replaced meanwhile is noticed.
      if ((await stampOf(share.file)) === share.stamp) return page;
    } catch (error) {
      if (this.images === opening) this.releaseImages();
      throw error;
    }
    // Written again since it was opened, by whatever hand: opened anew, it is checked anew.
    if (this.images === opening) this.releaseImages();
    return this.read(rows);
  }

  private async openImages(): Promise<PixelFileShare> {
    const loaded = await this.context.runs.load(this.runFolder);
    const share = await this.context.files.acquire(trainFileOf(loaded));
    try {
      // Before it is known to be a pixel CSV: of one that was replaced, this says more.
      await checkTrainFile(loaded);
      await share.opened;
      return share;
    } catch (error) {
      share.dispose();
      throw error;
    }
  }

  private releaseImages(): void {
    this.images?.then(share => share.dispose(), () => undefined);
    this.images = undefined;
  }

  private async reveal(row: number): Promise<void> {
    const loaded = await this.context.runs.load(this.runFolder);
    await checkTrainFile(loaded);
    if (!this.disposed) this.context.actions.revealInPreview(vscode.Uri.file(trainFileOf(loaded)), row);
  }

  private async post(message: unknown): Promise<void> {
    if (!this.disposed && this.panel.visible) await this.panel.webview.postMessage(message);
  }
}

/** A panel's title: the preset, and when the run began. */
function titleOf({ config, created }: RunRecord): string {
  return `Run: ${config.preset}, ${dayAndTime(created)}`;
}
