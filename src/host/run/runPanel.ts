import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { inWindowLanguage } from '../log';
import { fromErrorData } from '../../core/errors';
import { fullName } from '../../core/run/runName';
import type { RunImagePlace } from '../../protocol/inspector';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../protocol/runPanel';
import { Rpc } from '../../protocol/rpc';
import type { PixelFiles } from '../pixelFiles/pixelFiles';
import type { ExplainService } from '../runs/explainService';
import type { RunAccess } from '../runs/runAccess';
import { checkedRunPanel } from './checkedRunPanel';
import { comparedRuns, otherRunIds } from './comparedRuns';
import { InspectorAnswers } from '../inspector/inspectorAnswers';
import { RunImages } from './runImages';
import { evaluationView, runPanelState } from './runState';
import { webviewHtml, webviewOptions } from '../webview/webviewHtml';
import { webviewPort } from '../webview/webviewPort';

/** What a panel has others do. */
export interface RunPanelActions {
  resume(runFolder: string): void;
  writeSubmission(runFolder: string): void;
  /** Asks which runs to compare with one, those of `ids` chosen already. */
  pickCompared(runFolder: string, ids: readonly string[]): Promise<readonly string[] | undefined>;
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
  readonly explain: ExplainService;
  readonly actions: RunPanelActions;
}

/**
 * The panel of one run. It keeps nothing that the run's folder doesn't have, and costs nothing while it is hidden. The
 * webview panel outlives it: a reloaded window restores it.
 */
export class RunPanel extends Disposable {
  readonly runFolder: string;
  private readonly panel: vscode.WebviewPanel;
  private readonly context: RunPanelContext;
  private readonly rpc: Rpc<RunPanelHost, RunPanelView>;
  private readonly images: RunImages;
  private readonly answers: InspectorAnswers<RunImagePlace>;
  /** The view listens. */
  private isReady = false;
  /** The evaluation that somebody asked to see, until the view is told. */
  private wanted: string | undefined;
  /** The runs that somebody asked to compare with, likewise. */
  private wantedRuns: readonly string[] | undefined;
  /** Counts loadings: only the last one is shown. */
  private loading = 0;

  /** `wanted`: the id of the evaluation to show first. */
  constructor(runFolder: string, panel: vscode.WebviewPanel, context: RunPanelContext, wanted?: string) {
    super();
    this.wanted = wanted;
    this.runFolder = runFolder;
    this.panel = panel;
    this.context = context;
    const { runs, actions } = context;
    this.images = new RunImages(runFolder, context.files, file => runs.mayRead(file));
    this.register({ dispose: () => this.images.release() });
    this.answers = this.register(
      new InspectorAnswers<RunImagePlace>(
        context.explain,
        place => this.images.locate(place),
        progress => this.rpc.notify('explaining', progress),
      ),
    );
    panel.webview.options = webviewOptions(context.extensionUri);
    this.rpc = new Rpc<RunPanelHost, RunPanelView>(
      webviewPort(panel, subscription => this.register(subscription)),
      checkedRunPanel({
        ...this.answers.methods,
        ready: () => this.ready(),
        evaluation: id => evaluationView(runFolder, id, runs),
        images: ({ evaluation, rows }) => this.images.read(evaluation, rows),
        comparedRuns: ids => comparedRuns(runFolder, ids, runs),
        pickCompared: ids => actions.pickCompared(runFolder, otherRunIds(runFolder, ids)),
        cancel: () => runs.cancel(runFolder),
        resume: () => actions.resume(runFolder),
        writeSubmission: () => actions.writeSubmission(runFolder),
        revealInPreview: ({ evaluation, row }) => this.reveal(evaluation, row),
        showLog: () => actions.showLog(),
        logError: error => actions.logError(fromErrorData(error)),
      }),
      { onError: error => actions.logError(error) },
    );
    this.register({ dispose: () => this.rpc.close() });
    this.register(
      runs.onDidChangeRun(folder => {
        if (folder === runFolder) void this.refresh();
        else if (path.dirname(folder) === path.dirname(runFolder)) this.rpc.notify('runChanged', path.basename(folder));
      }),
    );
    this.register(runs.onDidChangeData(() => void this.refresh()));
    this.register(
      runs.onDidProgress(event => {
        if (event.runFolder === runFolder) this.rpc.notify('progress', event.progress);
      }),
    );
    // A hidden view is gone; it says `ready` when it is back.
    this.register(
      panel.onDidChangeViewState(() => {
        if (panel.visible) return;
        this.isReady = false;
        this.answers.cancelQuestion();
        this.images.release();
      }),
    );
    this.register(panel.onDidDispose(() => this.dispose()));
    panel.webview.html = webviewHtml(panel.webview, context.extensionUri, 'run', 'Digits Run');
  }

  /** Comes to the front, and turns to an evaluation where one is named. */
  show(preserveFocus: boolean, evaluation?: string): void {
    this.wanted = evaluation ?? this.wanted;
    this.panel.reveal(undefined, preserveFocus);
    if (evaluation !== undefined) void this.refresh();
  }

  /** Shows the curves of other runs over these. */
  compare(ids: readonly string[]): void {
    this.wantedRuns = ids;
    void this.refresh();
  }

  /** The run is gone: so is its panel. */
  close(): void {
    this.panel.dispose();
  }

  private async ready(): Promise<RunPanelState> {
    this.isReady = true;
    const state = await this.state();
    return { ...state, ...this.takeWanted() };
  }

  private takeWanted(): Pick<RunPanelState, 'show' | 'compare'> {
    const { wanted, wantedRuns } = this;
    this.wanted = this.wantedRuns = undefined;
    return { show: wanted, ...(wantedRuns && { compare: wantedRuns }) };
  }

  private async state(): Promise<RunPanelState> {
    this.loading++;
    const state = await runPanelState(this.runFolder, this.context.runs);
    if (!this.isDisposed) this.panel.title = `Run: ${fullName(state)}`;
    return state;
  }

  /** Shows the run as its folder has it now. */
  private async refresh(): Promise<void> {
    if (!this.panel.visible || !this.isReady) return;
    const loading = this.loading + 1;
    try {
      const state = await this.state();
      if (loading === this.loading) this.rpc.notify('state', { ...state, ...this.takeWanted() });
    } catch (error) {
      if (loading !== this.loading) return;
      this.context.actions.logError(error);
      this.rpc.notify('failed', inWindowLanguage(error));
    }
  }

  private async reveal(evaluation: string | undefined, row: number): Promise<void> {
    const { file, check } = await this.images.fileOf(evaluation);
    await check();
    if (!this.isDisposed) this.context.actions.revealInPreview(vscode.Uri.file(file), row);
  }
}
