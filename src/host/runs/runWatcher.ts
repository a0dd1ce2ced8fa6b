import path from 'node:path';
import * as vscode from 'vscode';
import { runsRoot } from '../../store/run/runPaths';
import { Disposable } from '../disposable';

const files = '**/.digits/runs/*/{run.json,title.json,test.safetensors,evaluations/*.safetensors}';

/** Tells of runs that appear, change or go: made in this window, in a terminal or by another program. */
export class RunWatcher extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<string>());
  /** The run's folder. */
  readonly onDidChange = this.changed.event;
  private elsewhere: vscode.Disposable | undefined;

  constructor() {
    super();
    this.register(this.watch(files));
    this.register({ dispose: () => this.elsewhere?.dispose() });
    this.followRoot();
  }

  /** Watches the folder for runs, which may have become another. */
  followRoot(): void {
    this.elsewhere?.dispose();
    const root = runsRoot();
    this.elsewhere =
      root === undefined ? undefined : this.watch(new vscode.RelativePattern(vscode.Uri.file(root), files));
  }

  private watch(pattern: vscode.GlobPattern): vscode.Disposable {
    const tell = (uri: vscode.Uri): void => {
      const folder = path.dirname(uri.fsPath);
      this.changed.fire(path.basename(folder) === 'evaluations' ? path.dirname(folder) : folder);
    };
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(tell),
      watcher.onDidChange(tell),
      watcher.onDidDelete(tell),
    );
  }
}
