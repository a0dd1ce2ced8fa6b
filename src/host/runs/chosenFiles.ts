import * as vscode from 'vscode';

const key = 'digits.evaluatedFiles';
const most = 100;

/** Files outside of the workspace that the user evaluated on: a run's folder, which may be anybody's, opens no others. */
export class ChosenFiles {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  /** The file is one of the workspace, or was chosen. */
  has(file: string): boolean {
    return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) !== undefined || this.files.includes(file);
  }

  async add(file: string): Promise<void> {
    if (!this.has(file)) await this.memory.update(key, [file, ...this.files].slice(0, most));
  }

  private get files(): readonly string[] {
    return this.memory.get<readonly string[]>(key, []);
  }
}
