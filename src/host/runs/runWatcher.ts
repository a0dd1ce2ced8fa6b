import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';

/** Tells of runs that appear, change or go: made in this window, in a terminal or by another program. */
export class RunWatcher extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<string>());
  /** The run's folder. */
  readonly onDidChange = this.changed.event;
  private readonly watcher = this.register(
    vscode.workspace.createFileSystemWatcher(
      '**/.digits/runs/*/{run.json,title.json,test.safetensors,evaluations/*.safetensors}',
    ),
  );

  constructor() {
    super();
    const tell = (uri: vscode.Uri): void => {
      const folder = path.dirname(uri.fsPath);
      this.changed.fire(path.basename(folder) === 'evaluations' ? path.dirname(folder) : folder);
    };
    this.register(this.watcher.onDidCreate(tell));
    this.register(this.watcher.onDidChange(tell));
    this.register(this.watcher.onDidDelete(tell));
  }
}
