import * as vscode from 'vscode';
import type { EngineInfo } from '../../core/run/runRecord';
import { Disposable } from '../disposable';
import type { RunService } from './runService';
import { sayWarning } from '../say';

const hiddenKey = 'digits.hideEngineWarning';

/** Says once a window that the portable engine had to take over, unless the user wants to hear no more of it. */
export class EngineWarning extends Disposable {
  private readonly memory: vscode.Memento;
  private told = false;

  constructor(runs: RunService, memory: vscode.Memento) {
    super();
    this.memory = memory;
    this.register(runs.onDidUseEngine(engine => void this.tell(engine)));
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
