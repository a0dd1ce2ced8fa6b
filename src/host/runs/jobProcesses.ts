import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { TrainingProcess } from '../../processes/trainingProcess';
import type { TrainingEvents } from '../../protocol/training';

/** The training processes of this window: each does one job, and none outlives the window. */
export class JobProcesses implements vscode.Disposable {
  private readonly bundle: string;
  private readonly processes = new Set<TrainingProcess>();

  constructor(bundle: string) {
    this.bundle = bundle;
  }

  /** Starts a training process with nothing to do yet; it belongs to the caller until it is given to {@link finish}. */
  spawn(events: Partial<TrainingEvents> = {}): TrainingProcess {
    const child = new TrainingProcess(this.bundle, {
      progress: progress => events.progress?.(progress),
      started: run => events.started?.(run),
      epoch: epoch => events.epoch?.(epoch),
    });
    this.processes.add(child);
    return child;
  }

  /** Waits for a job and ends its process. Throws what the job throws, a CancellationError once the token was used. */
  async finish<T>(child: TrainingProcess, job: Promise<T>, token: vscode.CancellationToken): Promise<T> {
    const cancel = token.onCancellationRequested(() => child.cancel());
    try {
      return await job;
    } catch (error) {
      throw token.isCancellationRequested && !(error instanceof DigitsError && error.code !== 'cancelled')
        ? new vscode.CancellationError()
        : error;
    } finally {
      cancel.dispose();
      this.end(child);
    }
  }

  /** Ends a process that {@link spawn} gave. */
  end(child: TrainingProcess): void {
    child.dispose();
    this.processes.delete(child);
  }

  dispose(): void {
    for (const child of this.processes) child.dispose();
    this.processes.clear();
  }
}
