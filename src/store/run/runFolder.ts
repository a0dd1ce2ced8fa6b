import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, makeFolders, writeFileAtomic, type FileContent } from '../atomicFile';
import { DigitsError, tellsOfFiles } from '../../core/errors';
import { fileError, isReadOnly } from '../fileError';
import { sentence } from '../../core/sentence';
import { isTrained } from './lease';
import { newestFirst } from '../../core/run/newestFirst';
import { parseHistory, parseRun } from '../../core/run/parseRun';
import { decodePredictions, encodePredictions } from '../../core/run/predictions';
import { decodeTrainedImages, encodeTrainedImages, type TrainedImages } from '../../core/run/trainedImages';
import { readRunFile, requireOwnPlace, writeRunFiles } from './runFiles';
import { homeOf, runsFolder, runsFolders } from './runPaths';
import type { EpochRecord, Predictions, RunRecord, RunSummary } from '../../core/run/runRecord';
import { readTitle } from './titleFile';

// A run is a folder, <data set>/.digits/runs/<id>:
//   run.json                configuration, data, engine, status
//   title.json              what the user calls it, where they do
//   heartbeat               touched every few seconds by the process that trains; see lease.ts
//   history.json            one record an epoch
//   model/model.json        the kept weights, in tfjs layers format
//   checkpoint.safetensors  what a training that was stopped needs to go on; gone when it is done
//   validation.safetensors  what the kept weights say of the validation set
//   images.safetensors      the images of the training file, by what they are known again
//   test.safetensors        what they say of the test file, once a submission was written

const RUNS_AT_ONCE = 4;
/** More than the record of any run takes. */
const mostJsonBytes = 1 << 24;

const trainedImagesName = 'images.safetensors';

export { dataFolderOf, homeOf, runFolderOf, runsFolder } from './runPaths';

/** A name that sorts by time and that no other run has, not even one of the same moment: "2026-11-22-161005-notebook-4f03a91c". Local time. */
export function newRunId(now: Date, preset: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = two(now.getHours()) + two(now.getMinutes()) + two(now.getSeconds());
  return `${date}-${time}-${preset}-${randomBytes(4).toString('hex')}`;
}

/** Makes a run's folder, and the .gitignore that keeps runs out of repositories. Returns the folder. Throws `write-failed` or `disk-full`. */
export async function createRunFolder(dataFolder: string, id: string): Promise<string> {
  const runFolder = path.join(runsFolder(dataFolder), id);
  const home = homeOf(runFolder);
  const own = path.join(home, '.digits');
  await requireOwnPlace(home, runFolder);
  if (home !== path.resolve(dataFolder)) await makeFolders(home);
  await makeFolder(own).catch(async (error: unknown) => {
    const isFile = await fs.stat(own).then(
      found => !found.isDirectory(),
      () => false,
    );
    throw isFile
      ? new DigitsError(
          'write-failed',
          sentence`${own} is a file, and Digits keeps its runs in a folder of that name; rename the file and train again.`,
        )
      : isReadOnly(error)
        ? new DigitsError(
            'write-failed',
            sentence`Digits may not write ${own}, where it would keep its runs; name another folder for runs, with the setting "digits.runsFolder" or the option --runs.`,
            error.detail,
          )
        : error;
  });
  // Who changed theirs keeps it.
  const ignored = path.join(own, '.gitignore');
  if (
    !(await fs.access(ignored).then(
      () => true,
      () => false,
    ))
  )
    await writeFileAtomic(ignored, '*\n');
  await makeFolder(runsFolder(dataFolder));
  if (!(await makeFolder(runFolder)))
    throw new DigitsError('write-failed', sentence`There is a run ${id} already; try again for one with another name.`);
  return runFolder;
}

/** Replaces a run's record. Throws `write-failed` or `disk-full`, as the others that write do. */
export async function writeRun(runFolder: string, run: RunRecord): Promise<void> {
  await writeRunFiles(runFolder, [runFile(runFolder, run)]);
}

/** A run's record as a file. */
export function runFile(runFolder: string, run: RunRecord): FileContent {
  return [path.join(runFolder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`];
}

/** Reads a run's record; one whose process is gone comes back as interrupted. Throws when there is no run. */
export async function readRun(runFolder: string): Promise<RunRecord> {
  const file = path.join(runFolder, 'run.json');
  const text = await readText(runFolder, 'run.json');
  if (text === undefined)
    throw new DigitsError('read-failed', sentence`There is no file ${file}; check its name and folder.`);
  const run = parseRun(text, file);
  return run.status === 'training' && !(await isTrained(runFolder, run)) ? { ...run, status: 'interrupted' } : run;
}

/** Notes that a run whose process is gone was cancelled. Undefined where there is no run, or one that did not end so. */
export async function noteCancelled(runFolder: string): Promise<RunRecord | undefined> {
  const run = await readRun(runFolder).catch(() => undefined);
  if (run?.status === 'cancelled') return run;
  if (run?.status !== 'interrupted') return undefined;
  const cancelled: RunRecord = { ...run, status: 'cancelled' };
  await writeRun(runFolder, cancelled);
  return cancelled;
}

/** The history with all epochs that ended, as a file. */
export function historyFile(runFolder: string, history: readonly EpochRecord[]): FileContent {
  return [path.join(runFolder, 'history.json'), `${JSON.stringify(history, null, 2)}\n`];
}

/** The epochs that ended, in order; none before the first. Throws `read-failed` where they are damaged. */
export async function readHistory(runFolder: string): Promise<EpochRecord[]> {
  const file = path.join(runFolder, 'history.json');
  const text = await readText(runFolder, 'history.json');
  return text === undefined ? [] : parseHistory(text, file);
}

export type PredictionSet = 'validation' | 'test';

/** What the kept weights say of a file's images, as a file. `metadata` is kept beside them. */
export function predictionsFile(
  runFolder: string,
  name: PredictionSet,
  predictions: Predictions,
  metadata?: Readonly<Record<string, string>>,
): FileContent {
  return [path.join(runFolder, `${name}.safetensors`), encodePredictions(predictions, metadata)];
}

/** Keeps predictions in the run's folder, over those that were there. */
export async function writePredictions(...about: Parameters<typeof predictionsFile>): Promise<void> {
  await writeRunFiles(about[0], [predictionsFile(...about)]);
}

/** Undefined when there are none yet. */
export async function readPredictions(runFolder: string, name: PredictionSet): Promise<Predictions | undefined> {
  const bytes = await readRunFile(runFolder, `${name}.safetensors`);
  return bytes && decodePredictions(bytes, path.join(runFolder, `${name}.safetensors`));
}

/** Reads a run without its predictions. Throws when there is no run. */
export async function readRunSummary(runFolder: string): Promise<RunSummary> {
  const [run, history, title] = await Promise.all([readRun(runFolder), readHistory(runFolder), readTitle(runFolder)]);
  return { run, history, ...(title !== undefined && { title }) };
}

/** The images that a run was given, as a file. */
export function trainedImagesFile(runFolder: string, images: TrainedImages): FileContent {
  return [path.join(runFolder, trainedImagesName), encodeTrainedImages(images)];
}

/** Undefined for runs made before it was kept. Throws `read-failed` where it is damaged. */
export async function readTrainedImages(runFolder: string): Promise<TrainedImages | undefined> {
  const bytes = await readRunFile(runFolder, trainedImagesName);
  return bytes && decodeTrainedImages(bytes, path.join(runFolder, trainedImagesName));
}

/** A run of a list. */
export interface ListedRun {
  readonly runFolder: string;
  readonly run: RunRecord;
  /** What the user calls it, where they do. */
  readonly title?: string;
}

/** A run with a record that can't be read. */
export interface UnreadableRun {
  /** The name of its folder. */
  readonly id: string;
  readonly error: DigitsError;
}

/** All runs of a data set that can be read, newest first. Throws where the system gives no more files: runs would be missing. */
export async function listRuns(dataFolder: string): Promise<readonly ListedRun[]> {
  return (await findRuns(dataFolder)).runs;
}

async function listFolder(folder: string): Promise<readonly string[]> {
  const names = await fs.readdir(folder).catch((error: unknown): string[] => {
    if (tellsOfFiles(String(error))) throw fileError('read', folder, error);
    return [];
  });
  return names.map(name => path.join(folder, name));
}

/** The same, and those that can't be read. */
export async function findRuns(
  dataFolder: string,
): Promise<{ readonly runs: readonly ListedRun[]; readonly unreadable: readonly UnreadableRun[] }> {
  const folders = (await Promise.all(runsFolders(dataFolder).map(listFolder))).flat();
  const found: (ListedRun | UnreadableRun | undefined)[] = [];
  // Few at a time: a file each is open meanwhile.
  for (let from = 0; from < folders.length; from += RUNS_AT_ONCE)
    found.push(...(await Promise.all(folders.slice(from, from + RUNS_AT_ONCE).map(readListed))));
  return {
    runs: found
      .filter((each): each is ListedRun => each !== undefined && 'run' in each)
      .sort((a, b) => newestFirst(a.run, b.run)),
    unreadable: found.filter((each): each is UnreadableRun => each !== undefined && 'error' in each),
  };
}

/** Undefined for what is no run: it has no record. */
async function readListed(runFolder: string): Promise<ListedRun | UnreadableRun | undefined> {
  try {
    const [run, title] = [await readRun(runFolder), await readTitle(runFolder)];
    return { runFolder, run, ...(title !== undefined && { title }) };
  } catch (error) {
    if (!(error instanceof DigitsError) || tellsOfFiles(error.detail ?? '')) throw error;
    const isRun = await fs.access(path.join(runFolder, 'run.json')).then(
      () => true,
      () => false,
    );
    return isRun ? { id: path.basename(runFolder), error } : undefined;
  }
}

/** The text of a file of a run; undefined where it is missing. */
async function readText(runFolder: string, name: string): Promise<string | undefined> {
  return (await readRunFile(runFolder, name, mostJsonBytes))?.toString('utf8');
}
