import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from '../../store/atomicFile';
import { DigitsError } from '../../core/errors';
import { alreadyTrained, heartbeatSeconds, RunClaim } from '../../store/run/lease';
import { writeRunFiles } from '../../store/run/runFiles';
import { createRunFolder, readRun, writeRun } from '../../store/run/runFolder';
import type { RunRecord } from '../../core/run/runRecord';

/** A training's hold on the folder of its run: it says that the training goes on, and writes only while the run is its own. */
export class RunKeeper {
  private readonly runFolder: string;
  private readonly claim: RunClaim;
  private readonly losing = new AbortController();
  private readonly timer: NodeJS.Timeout;

  private constructor(runFolder: string, claim: RunClaim) {
    this.runFolder = runFolder;
    this.claim = claim;
    this.timer = setInterval(
      () => void claim.hold().catch((error: unknown) => this.losing.abort(error)),
      heartbeatSeconds * 1000,
    );
  }

  /** Makes the folder of a new run, with its record; nothing of it stays where that fails. */
  static async create(dataFolder: string, run: RunRecord): Promise<RunKeeper> {
    const runFolder = await createRunFolder(dataFolder, run.id);
    try {
      const claim = await RunClaim.take(runFolder, 0);
      await writeRun(runFolder, run);
      return new RunKeeper(runFolder, claim);
    } catch (error) {
      await fs.rm(runFolder, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Takes over a run that was not trained when `claim` was its next one. Throws `mismatch` where somebody else did so meanwhile. */
  static async resume(runFolder: string, claim: number, run: RunRecord): Promise<RunKeeper> {
    if ((await readRun(runFolder)).status === 'training') throw alreadyTrained(runFolder);
    const taken = await RunClaim.take(runFolder, claim);
    await writeRun(runFolder, run);
    return new RunKeeper(runFolder, taken);
  }

  /** Aborted, with the reason, when the run is no longer ours: its folder is gone, or somebody else has resumed it. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Replaces files of the run, all or none. Throws where the run is no longer ours, `write-failed` and `disk-full`. */
  async write(...files: readonly FileContent[]): Promise<void> {
    await this.claim.hold();
    await writeRunFiles(this.runFolder, files);
  }

  /** Why a training ends with an error: that the run is no longer ours before all, and where its files could not be written, how it goes on after the epochs that are kept. */
  async reasonOf(error: unknown, epochs: number): Promise<unknown> {
    const lost = await this.claim.hold().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (lost !== undefined) return lost;
    if (
      !(error instanceof DigitsError) ||
      (error.code !== 'disk-full' && error.code !== 'write-failed') ||
      epochs === 0
    )
      return error;
    const { code, message, detail } = error;
    return new DigitsError(
      code,
      message.replace(
        / try (again|once more)\.$/,
        ` resume run ${path.basename(this.runFolder)}, which goes on after epoch ${epochs}.`,
      ),
      detail,
    );
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}
