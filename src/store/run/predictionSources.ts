import fs from 'node:fs/promises';
import path from 'node:path';
import { isRecorded, type Fingerprint } from '../../core/csv/fingerprint';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { evaluatedFile, listEvaluations, placeOf, readEvaluation } from './evaluations';
import { newestFirst } from '../../core/run/newestFirst';
import { readMetadata } from './readMetadata';
import { rowPredictions, type RowPredictions } from '../../core/run/rowPredictions';
import { listRuns, readPredictions, type ListedRun } from './runFolder';
import { epochOfPredictions } from './runMoment';
import { trainFileOf } from './trainingFile';
import type { Predictions } from '../../core/run/runRecord';

/** What a run's network said of rows of a file: of its validation set, as a test file, or in an evaluation. */
export interface PredictionSource extends ListedRun {
  /** The same for the same set of the same run. */
  readonly id: string;
  /** Differs once it was predicted again. */
  readonly stamp: string;
  readonly set: 'validation' | 'test' | 'evaluation';
  /** The evaluation's id. */
  readonly evaluation: string | undefined;
}

/** A file that was predicted, as the metadata of what was said of it has it. */
export function predictedFile(runFolder: string, file: string, fingerprint: string): Readonly<Record<string, string>> {
  return { file: placeOf(runFolder, file), fingerprint };
}

/**
 * The predictions for a file in the runs of some data sets: the newest run's first, and of one run an evaluation before its
 * validation set. Those of a file that was another by its fingerprint are none of it, and runs that train are not done yet.
 * `file` is absolute.
 */
export async function findPredictions(
  file: string,
  print: Fingerprint,
  dataFolders: readonly string[],
): Promise<readonly PredictionSource[]> {
  const runs = (await Promise.all(dataFolders.map(listRuns))).flat().filter(({ run }) => run.status !== 'training');
  runs.sort((a, b) => newestFirst(a.run, b.run));
  const found = await Promise.all(
    runs.map(each => Promise.all([findEvaluation, findValidation, findTest].map(find => find(each, file, print)))),
  );
  return found.flat().filter(source => source !== undefined);
}

/** Reads what a source says. Throws a sentence when it is gone or damaged. */
export async function readSource(source: PredictionSource): Promise<RowPredictions> {
  return rowPredictions(await readPredictionsOf(source), source.run.data.classes);
}

async function readPredictionsOf({ runFolder, run, set, evaluation }: PredictionSource): Promise<Predictions> {
  if (set === 'evaluation') return (await readEvaluation(runFolder, evaluation ?? '')).predictions;
  const predictions = await readPredictions(runFolder, set);
  if (!predictions)
    throw new DigitsError(
      'read-failed',
      sentence`The predictions of run ${run.id} are gone from its folder; choose those of another run.`,
    );
  return predictions;
}

async function findEvaluation(
  found: ListedRun,
  file: string,
  print: Fingerprint,
): Promise<PredictionSource | undefined> {
  const { runFolder } = found;
  const evaluation = (await listEvaluations(runFolder)).find(
    each => evaluatedFile(runFolder, each) === file && isRecorded(each.fingerprint, print),
  );
  return (
    evaluation && {
      ...found,
      id: `${runFolder}#evaluation`,
      stamp: evaluation.created,
      set: 'evaluation',
      evaluation: evaluation.id,
    }
  );
}

async function findValidation(
  found: ListedRun,
  file: string,
  print: Fingerprint,
): Promise<PredictionSource | undefined> {
  const { runFolder, run } = found;
  if (trainFileOf(runFolder, run) !== file || !isRecorded(run.data.fingerprint, print)) return undefined;
  return findSet(found, 'validation');
}

async function findTest(found: ListedRun, file: string, print: Fingerprint): Promise<PredictionSource | undefined> {
  const metadata = await readMetadata(found.runFolder, 'test.safetensors').catch(() => undefined);
  if (metadata?.['file'] !== placeOf(found.runFolder, file) || !isRecorded(metadata['fingerprint'] ?? '', print))
    return undefined;
  // Predicted while it trained: its network is another one by now.
  const epoch = epochOfPredictions(metadata);
  if (epoch !== undefined && epoch !== found.run.bestEpoch) return undefined;
  return findSet(found, 'test');
}

/** Undefined when there are no such predictions. */
async function findSet(found: ListedRun, set: 'validation' | 'test'): Promise<PredictionSource | undefined> {
  const stats = await fs.stat(path.join(found.runFolder, `${set}.safetensors`)).catch(() => undefined);
  return (
    stats && {
      ...found,
      id: `${found.runFolder}#${set}`,
      stamp: `${stats.size} ${stats.mtimeMs}`,
      set,
      evaluation: undefined,
    }
  );
}
