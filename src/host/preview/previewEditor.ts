import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { FilePredictions } from './filePredictions';
import type { PixelFiles } from '../pixelFiles/pixelFiles';
import type { PreviewInspecting } from './previewInspector';
import { tellUnsaved } from '../unsaved';
import { PreviewPanel } from './previewPanel';

/** Shows the images of a pixel CSV of any size, in an editor that nobody gets who did not ask for it. */
export class PreviewEditorProvider extends Disposable implements vscode.CustomReadonlyEditorProvider {
  static readonly viewType = 'digits.preview';

  private readonly extensionUri: vscode.Uri;
  private readonly files: PixelFiles;
  private readonly inspecting: PreviewInspecting;
  private readonly predictions: FilePredictions;
  private readonly showLog: () => void;
  private readonly logError: (error: unknown) => void;
  private readonly panels = new Set<PreviewPanel>();
  /** Rows that somebody asked to see, by file, until a preview of it takes them. */
  private readonly wanted = new Map<string, number>();

  constructor(
    extensionUri: vscode.Uri,
    files: PixelFiles,
    inspecting: PreviewInspecting,
    predictions: FilePredictions,
    showLog: () => void,
    logError: (error: unknown) => void,
  ) {
    super();
    this.extensionUri = extensionUri;
    this.files = files;
    this.inspecting = inspecting;
    this.predictions = predictions;
    this.showLog = showLog;
    this.logError = logError;
    this.register({ dispose: () => this.panels.forEach(panel => panel.dispose()) });
    this.register(
      vscode.window.registerCustomEditorProvider(PreviewEditorProvider.viewType, this, {
        supportsMultipleEditorsPerDocument: true,
      }),
    );
  }

  /** Opens the preview of a file. */
  async open(uri: vscode.Uri): Promise<void> {
    await vscode.commands.executeCommand('vscode.openWith', uri, PreviewEditorProvider.viewType);
  }

  /** Opens the preview of a file, scrolls to a row and marks it. */
  async reveal(uri: vscode.Uri, row: number): Promise<void> {
    this.wanted.set(uri.toString(), row);
    await this.open(uri);
    const panels = [...this.panels].filter(panel => panel.uri.toString() === uri.toString());
    (panels.find(panel => panel.active) ?? panels[0])?.revealWanted();
  }

  /** Shows the file of the preview that is in front as text. */
  async reopenAsText(): Promise<void> {
    await [...this.panels].find(panel => panel.active)?.reopenAsText();
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor(document: vscode.CustomDocument, webviewPanel: vscode.WebviewPanel): void {
    const key = document.uri.toString();
    void tellUnsaved(document.uri);
    const panel = new PreviewPanel(document.uri, webviewPanel, {
      extensionUri: this.extensionUri,
      files: this.files,
      inspecting: this.inspecting,
      predictions: this.predictions,
      takeReveal: () => {
        const row = this.wanted.get(key);
        this.wanted.delete(key);
        return row;
      },
      showLog: this.showLog,
      logError: this.logError,
    });
    this.panels.add(panel);
    webviewPanel.onDidDispose(() => this.panels.delete(panel));
  }
}
