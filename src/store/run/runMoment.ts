import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keptEpoch } from '../../core/run/keptEpoch';
import { decodePredictions } from '../../core/run/predictions';
import type { Predictions, RunSummary } from '../../core/run/runRecord';
import { decodeMetadata } from '../../core/run/safetensors';
import { readRunSummary } from './runFolder';
import { readRunFile } from './runFiles';

/** How often a run is read again while its files are of two epochs: a training writes them one right behind the other. */
const ATTEMPTS = 20;
/** In ms. */
const PAUSE = 50;
const VALIDATION = 'validation.safetensors';

/** A run and what its kept weights say of the validation set, of one epoch. */
export interface RunMoment extends RunSummary {
  /** Undefined when there is none yet. */
  readonly validation: Predictions | undefined;
}

/** What a file of predictions says of itself: the epoch whose weights predicted. */
export function predictionsEpoch(epoch: number): Readonly<Record<string, string>> {
  return { epoch: String(epoch) };
}

/** The epoch that such metadata name; undefined in files of earlier versions. */
export function epochOfPredictions({ epoch }: Readonly<Record<string, string>>): number | undefined {
  const value = Number(epoch ?? NaN);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/**
 * Reads a run as it was at one moment, also while it trains. Where its process died between two files of an epoch, the
 * record is that of the predictions' epoch. Throws as {@link readRunSummary} does, and `read-failed` for damaged predictions.
 */
export async function readRunMoment(runFolder: string): Promise<RunMoment> {
  for (let attempt = 1; ; attempt++) {
    const summary = await readRunSummary(runFolder);
    const bytes = await readRunFile(runFolder, VALIDATION);
    const validation = bytes && decodePredictions(bytes, path.join(runFolder, VALIDATION));
    const epoch = bytes && epochOfPredictions(decodeMetadata(bytes));
    const { run, history } = summary;
    const noted = keptEpoch(history, run)?.epoch;
    if (run.bestEpoch === noted && (epoch === undefined || epoch === noted)) return { ...summary, validation };
    if (attempt < ATTEMPTS && run.status === 'training') {
      await wait(PAUSE);
      continue;
    }
    if (epoch === undefined || epoch === run.bestEpoch) return { ...summary, validation };
    const { valAccuracy, ...before } = {
      ...run,
      bestEpoch: epoch,
      valAccuracy: history.find(each => each.epoch === epoch)?.valAccuracy,
    };
    return { ...summary, run: { ...before, ...(valAccuracy !== undefined && { valAccuracy }) }, validation };
  }
}
