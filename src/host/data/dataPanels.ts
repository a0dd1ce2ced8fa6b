import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { DataPanel, type DataPanelContext } from './dataPanel';

/** The pages of data sets, one a data set; a window that is reloaded finds them again. */
export class DataPanels extends Disposable implements vscode.WebviewPanelSerializer {
  static readonly viewType = 'digits.data';

  private readonly context: DataPanelContext;
  private readonly panels = new Map<string, DataPanel>();

  constructor(context: DataPanelContext) {
    super();
    this.context = context;
    this.register({ dispose: () => this.panels.forEach(panel => panel.dispose()) });
    this.register(vscode.window.registerWebviewPanelSerializer(DataPanels.viewType, this));
  }

  /** Shows the page of the data set in a folder, a new one when there is none. */
  open(folder: string): void {
    const panel = this.panels.get(folder);
    if (panel) return panel.show();
    this.attach(folder, vscode.window.createWebviewPanel(DataPanels.viewType, 'Digits Data', vscode.ViewColumn.Active));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const folder = typeof state === 'object' && state !== null && 'folder' in state ? state.folder : undefined;
    // Without the folder there is nothing that it could ever show.
    if (typeof folder !== 'string' || folder === '' || this.panels.has(folder)) return panel.dispose();
    this.attach(folder, panel);
  }

  private attach(folder: string, webviewPanel: vscode.WebviewPanel): void {
    webviewPanel.iconPath = {
      light: vscode.Uri.joinPath(this.context.extensionUri, 'media', 'data-light.svg'),
      dark: vscode.Uri.joinPath(this.context.extensionUri, 'media', 'data-dark.svg'),
    };
    this.panels.set(folder, new DataPanel(folder, webviewPanel, this.context));
    webviewPanel.onDidDispose(() => this.panels.delete(folder));
  }
}
