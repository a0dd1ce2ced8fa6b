import * as vscode from 'vscode';
import { isRunFolder } from '../../store/run/runPaths';
import { Disposable } from '../disposable';
import type { PixelFiles } from '../pixelFiles/pixelFiles';
import type { ExplainService } from '../runs/explainService';
import type { RunAccess } from '../runs/runAccess';
import { RunPanel, type RunPanelActions, type RunPanelContext } from './runPanel';

/** The panels of runs, one a run; a window that is reloaded finds them again. */
export class RunPanels extends Disposable implements vscode.WebviewPanelSerializer {
  static readonly viewType = 'digits.run';

  private readonly context: RunPanelContext;
  private readonly panels = new Map<string, RunPanel>();

  constructor(
    extensionUri: vscode.Uri,
    runs: RunAccess,
    files: PixelFiles,
    explain: ExplainService,
    actions: RunPanelActions,
  ) {
    super();
    this.context = { extensionUri, runs, files, explain, actions };
    this.register({ dispose: () => this.panels.forEach(panel => panel.dispose()) });
    this.register(vscode.window.registerWebviewPanelSerializer(RunPanels.viewType, this));
  }

  /** Shows a run's panel, a new one when there is none; beside what the user types in where `preserveFocus`. It turns to an evaluation where its id is given. */
  open(runFolder: string, preserveFocus = false, evaluation?: string): void {
    const panel = this.panels.get(runFolder);
    if (panel) return panel.show(preserveFocus, evaluation);
    this.attach(
      runFolder,
      vscode.window.createWebviewPanel(RunPanels.viewType, 'Digits Run', {
        viewColumn: vscode.ViewColumn.Active,
        preserveFocus,
      }),
      evaluation,
    );
  }

  /** Shows a run's panel, and the curves of other runs of its data set over its own. */
  compare(runFolder: string, ids: readonly string[]): void {
    this.open(runFolder);
    this.panels.get(runFolder)?.compare(ids);
  }

  /** Closes a run's panel, where there is one. */
  close(runFolder: string): void {
    this.panels.get(runFolder)?.close();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const runFolder = typeof state === 'object' && state !== null && 'runFolder' in state ? state.runFolder : undefined;
    // Without the folder there is nothing that it could ever show.
    if (!isRunFolder(runFolder) || this.panels.has(runFolder)) return panel.dispose();
    this.attach(runFolder, panel);
  }

  private attach(runFolder: string, webviewPanel: vscode.WebviewPanel, evaluation?: string): void {
    webviewPanel.iconPath = {
      light: vscode.Uri.joinPath(this.context.extensionUri, 'media', 'run-light.svg'),
      dark: vscode.Uri.joinPath(this.context.extensionUri, 'media', 'run-dark.svg'),
    };
    this.panels.set(runFolder, new RunPanel(runFolder, webviewPanel, this.context, evaluation));
    webviewPanel.onDidDispose(() => this.panels.delete(runFolder));
  }
}
