import type * as vscode from 'vscode';

/** Owns what it registers: when it is disposed, it disposes of all of it, the last first. */
export abstract class Disposable implements vscode.Disposable {
  private readonly owned: vscode.Disposable[] = [];
  private gone = false;

  /** Nothing of it is used any more. */
  protected get isDisposed(): boolean {
    return this.gone;
  }

  /** Gives `value` to this object, which disposes of it; at once where this object is disposed already. */
  protected register<T extends vscode.Disposable>(value: T): T {
    if (this.gone) value.dispose();
    else this.owned.push(value);
    return value;
  }

  /** Disposes of what was registered, once. */
  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    while (this.owned.length > 0) this.owned.pop()!.dispose();
  }
}
