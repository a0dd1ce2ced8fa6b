import * as vscode from 'vscode';
import type { EngineInfo } from '../../core/run/runRecord';
import type { RunService } from './runService';
import { sayWarning } from '../say';

const hiddenKey = 'digits.hideEngineWarning';

/** Says once a window that the portable engine had to take over, unless the user wants to hear no more of it. */
export class EngineWarning implements vscode.Disposable {
  private readonly memory: vscode.Memento;
  private readonly subscription: vscode.Disposable;
  private told = false;

  constructor(runs: RunService, memory: vscode.Memento) {
    this.memory = memory;
    this.subscription = runs.onDidUseEngine(engine => void this.tell(engine));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async tell({ note }: EngineInfo): Promise<void> {
    if (note === undefined || this.told || this.memory.get(hiddenKey, false)) return;
    this.told = true;
    const answer = await sayWarning(
      `Digits uses the portable engine, which is slower. ${note}`,
      'Check Engine',
      "Don't Show Again",
    );
    if (answer === 'Check Engine') await vscode.commands.executeCommand('digits.checkEngine');
    if (answer === "Don't Show Again") await this.memory.update(hiddenKey, true);
  }
}
