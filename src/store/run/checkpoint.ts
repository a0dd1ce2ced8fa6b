import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from '../atomicFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { OptimizerState } from '../../core/optimizer';
import { parseHistory } from '../../core/run/parseRun';
import { readRunFile, requireOwnPlace } from './runFiles';
import { homeOf } from './runPaths';
import type { EpochRecord, RunRecord } from '../../core/run/runRecord';
import { decodeMetadata, decodeSafetensors, encodeSafetensors, type TensorData } from '../../core/run/safetensors';

/** Where a training was at the end of an epoch: what it needs to go on as if it had not stopped. */
export interface Checkpoint {
  /** The epochs that have ended, over all networks. */
  readonly epochs: number;
  /** Their records: a process may die before the run's history has the last one. Missing in checkpoints of earlier versions. */
  readonly history?: readonly EpochRecord[] | undefined;
  /** Weights of the networks that are finished. */
  readonly finished: readonly Float32Array[];
  /** Those of the network in the making; missing where it has not begun. */
  readonly current:
    | {
        readonly weights: Float32Array;
        readonly averaged: Float32Array | undefined;
        readonly optimizer: OptimizerState;
      }
    | undefined;
}

const fileName = 'checkpoint.safetensors';
const file = (runFolder: string): string => path.join(runFolder, fileName);

/** A run's checkpoint as a file. */
export function checkpointFile(runFolder: string, { epochs, history, finished, current }: Checkpoint): FileContent {
  const tensors: [string, TensorData][] = [['epochs', Uint32Array.of(epochs)]];
  finished.forEach((weights, i) => tensors.push([`finished.${i}`, weights]));
  if (current) {
    tensors.push(['weights', current.weights], ['steps', Uint32Array.of(current.optimizer.steps)]);
    if (current.averaged) tensors.push(['averaged', current.averaged]);
    current.optimizer.moments.forEach((mean, i) => tensors.push([`optimizer.${i}`, mean]));
  }
  const metadata = history && { history: JSON.stringify(history) };
  return [
    file(runFolder),
    encodeSafetensors(
      Object.fromEntries(tensors.map(([name, data]) => [name, { shape: [data.length], data }])),
      metadata,
    ),
  ];
}

/** Undefined where the run has none: it ended before its first epoch, or is done. Throws `read-failed` for a damaged one. */
export async function readCheckpoint(runFolder: string): Promise<Checkpoint | undefined> {
  const bytes = await readRunFile(runFolder, fileName);
  return bytes && decodeCheckpoint(bytes, file(runFolder));
}

/** What a checkpoint's file holds. Throws `read-failed` with its name where it is damaged. */
export function decodeCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  const tensors = decodeSafetensors(bytes, name);
  const floats = (name: string): Float32Array | undefined => {
    const data = tensors.get(name);
    return data instanceof Float32Array ? data : undefined;
  };
  const list = (name: string): Float32Array[] => {
    const found = [];
    for (let data = floats(`${name}.0`); data !== undefined; data = floats(`${name}.${found.length}`)) found.push(data);
    return found;
  };
  const epochs = tensors.get('epochs')?.[0];
  if (epochs === undefined)
    throw new DigitsError('read-failed', sentence`${name} is damaged; delete this run and train again.`);
  const { history } = decodeMetadata(bytes);
  const weights = floats('weights');
  return {
    epochs,
    history: history === undefined ? undefined : parseHistory(history, name),
    finished: list('finished'),
    current: weights && {
      weights,
      averaged: floats('averaged'),
      optimizer: { steps: tensors.get('steps')?.[0] ?? 0, moments: list('optimizer') },
    },
  };
}

/** The run ended before its last epoch and left what it needs to go on. */
export async function canResume(runFolder: string, { status }: Pick<RunRecord, 'status'>): Promise<boolean> {
  if (status === 'training' || status === 'done') return false;
  return fs.access(file(runFolder)).then(
    () => true,
    () => false,
  );
}

/** To be called when a run is done. */
export async function deleteCheckpoint(runFolder: string): Promise<void> {
  await requireOwnPlace(homeOf(runFolder), runFolder);
  await fs.rm(file(runFolder), { force: true });
}
