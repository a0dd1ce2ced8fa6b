import path from 'node:path';
import * as vscode from 'vscode';

/** Tells of runs that appear, change or go: made in this window, in a terminal or by another program. */
export class RunWatcher implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  /** The run's folder. */
  readonly onDidChange = this.changed.event;
  private readonly watcher = vscode.workspace.createFileSystemWatcher(
    '**/.digits/runs/*/{run.json,title.json,test.safetensors,evaluations/*.safetensors}',
  );

  constructor() {
    const tell = (uri: vscode.Uri): void => {
      const folder = path.dirname(uri.fsPath);
      this.changed.fire(path.basename(folder) === 'evaluations' ? path.dirname(folder) : folder);
    };
    this.watcher.onDidCreate(tell);
    this.watcher.onDidChange(tell);
    this.watcher.onDidDelete(tell);
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }
}
