import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from '../../store/atomicFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { alreadyTrained, heartbeatSeconds, RunLease } from '../../store/run/lease';
import { writeRunFiles } from '../../store/run/runFiles';
import { createRunFolder, readRun, runFile, trainedImagesFile } from '../../store/run/runFolder';
import type { RunRecord } from '../../core/run/runRecord';
import type { TrainedImages } from '../../core/run/trainedImages';

/** A training's hold on the folder of its run: renews the lease, and writes only while it has it. */
export class RunKeeper {
  private readonly runFolder: string;
  private readonly lease: RunLease;
  private readonly losing = new AbortController();
  private readonly timer: NodeJS.Timeout;

  private constructor(runFolder: string, lease: RunLease) {
    this.runFolder = runFolder;
    this.lease = lease;
    this.timer = setInterval(
      () => void lease.hold().catch((error: unknown) => this.losing.abort(error)),
      heartbeatSeconds * 1000,
    );
  }

  /** Creates the folder of a new run with its record and its images; removes it again if that fails. */
  static async create(dataFolder: string, run: RunRecord, images: TrainedImages): Promise<RunKeeper> {
    const runFolder = await createRunFolder(dataFolder, run.id);
    try {
      const lease = await RunLease.take(runFolder, 0);
      await writeRunFiles(runFolder, [trainedImagesFile(runFolder, images), runFile(runFolder, run)]);
      return new RunKeeper(runFolder, lease);
    } catch (error) {
      await fs.rm(runFolder, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Takes over a run that nobody trained when `lease` was its next one. Throws `mismatch` if another process was faster. */
  static async resume(runFolder: string, lease: number, run: RunRecord, images: TrainedImages): Promise<RunKeeper> {
    if ((await readRun(runFolder)).status === 'training') throw alreadyTrained(runFolder);
    const taken = await RunLease.take(runFolder, lease);
    await writeRunFiles(runFolder, [trainedImagesFile(runFolder, images), runFile(runFolder, run)]);
    return new RunKeeper(runFolder, taken);
  }

  /** Aborted, with the reason, when the run is no longer ours: its folder is gone, or another process resumed it. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Replaces files of the run, all or none. Throws the reason if the run is no longer ours, `write-failed` and `disk-full`. */
  async write(...files: readonly FileContent[]): Promise<void> {
    await this.lease.hold();
    await writeRunFiles(this.runFolder, files);
  }

  /**
   * Why a training fails: above all because the run is no longer ours. Where files could not be written, the sentence says
   * after which of the kept `epochs` the run can be resumed.
   */
  async reasonOf(error: unknown, epochs: number): Promise<unknown> {
    const lost = await this.lease.hold().then(
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
    const run = path.basename(this.runFolder);
    return new DigitsError(code, sentence`${message} Resume run ${run} to continue after epoch ${epochs}.`, detail);
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}
