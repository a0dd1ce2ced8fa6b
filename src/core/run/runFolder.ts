import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeFileAtomic } from '../atomicFile';
import { DigitsError, fileError } from '../errors';
import { parseHistory, parseRun } from './parseRun';
import { decodePredictions } from './predictions';
import { readRunFile, requireOwnPlace, writeRunFile } from './runFiles';
import { dataFolderOf, runsFolder } from './runPaths';
import type { EpochRecord, Predictions, RunRecord } from './runRecord';
import { encodeSafetensors } from './safetensors';
import { readTitle } from './titleFile';

// A run is a folder, <data set>/.digits/runs/<id>:
//   run.json                configuration, data, engine, status
//   title.json              what the user calls it, where they do
//   heartbeat               touched every few seconds by the process that trains
//   history.json            one record an epoch
//   model/model.json        the best weights, in tfjs layers format
//   checkpoint.safetensors  what a training that was stopped needs to go on; gone when it is done
//   validation.safetensors  what the best weights say of the validation set
//   test.safetensors        what they say of the test file, once a submission was written

/** How often a process that trains says that it goes on. */
export const heartbeatSeconds = 10;

/** More than the record of any run takes. */
const mostJsonBytes = 1 << 24;

export { dataFolderOf, runsFolder } from './runPaths';

/** A name that sorts by time and is unlikely to be taken: "2026-11-22-161005-notebook-4f". Local time. */
export function newRunId(now: Date, preset: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = two(now.getHours()) + two(now.getMinutes()) + two(now.getSeconds());
  const tail = Math.floor(Math.random() * 256).toString(16).padStart(2, '0');
  return `${date}-${time}-${preset}-${tail}`;
}

/** Makes a run's folder, and the .gitignore that keeps runs out of repositories. Returns the folder. */
export async function createRunFolder(dataFolder: string, id: string): Promise<string> {
  const runFolder = path.join(runsFolder(dataFolder), id);
  await requireOwnPlace(dataFolder, runFolder);
  try {
    await fs.mkdir(runsFolder(dataFolder), { recursive: true });
    await writeFileAtomic(path.join(dataFolder, '.digits', '.gitignore'), '*\n');
    await fs.mkdir(runFolder);
  } catch (error) {
    throw fileError('write', runFolder, error);
  }
  return runFolder;
}

/** Throws `write-failed` or `disk-full`, as the other two that write do. */
export async function writeRun(runFolder: string, run: RunRecord): Promise<void> {
  await writeRunFile(runFolder, 'run.json', `${JSON.stringify(run, null, 2)}\n`);
}

/** Says that the run goes on; to be called every {@link heartbeatSeconds}. */
export async function beat(runFolder: string): Promise<void> {
  const file = path.join(runFolder, 'heartbeat');
  await requireOwnPlace(dataFolderOf(runFolder), file);
  await fs.writeFile(file, '');
}

/** Reads a run's record; one whose process is gone comes back as interrupted. Throws when there is no run. */
export async function readRun(runFolder: string): Promise<RunRecord> {
  const file = path.join(runFolder, 'run.json');
  const text = await readText(runFolder, 'run.json');
  if (text === undefined) throw new DigitsError('read-failed', `There is no file ${file}; check its name and folder.`);
  const run = parseRun(text, file);
  return run.status === 'training' && !(await goesOn(runFolder, run)) ? { ...run, status: 'interrupted' } : run;
}

/** Replaces the history by one with all epochs that ended. */
export async function writeHistory(runFolder: string, history: readonly EpochRecord[]): Promise<void> {
  await writeRunFile(runFolder, 'history.json', `${JSON.stringify(history, null, 2)}\n`);
}

/** The epochs that ended, in order; none before the first. Throws `read-failed` where they are damaged. */
export async function readHistory(runFolder: string): Promise<EpochRecord[]> {
  const file = path.join(runFolder, 'history.json');
  const text = await readText(runFolder, 'history.json');
  return text === undefined ? [] : parseHistory(text, file);
}

export type PredictionsFile = 'validation' | 'test';

/** What the best weights say of a file's images; replaces what was there. `metadata` is kept beside them. */
export async function writePredictions(runFolder: string, name: PredictionsFile, predictions: Predictions, metadata?: Readonly<Record<string, string>>): Promise<void> {
  const { rows, labels, probabilities } = predictions;
  const n = rows.length;
  const file = encodeSafetensors({
    rows: { shape: [n], data: rows },
    ...(labels && { labels: { shape: [n], data: labels } }),
    probabilities: { shape: [n, n === 0 ? 0 : probabilities.length / n], data: probabilities },
  }, metadata);
  await writeRunFile(runFolder, `${name}.safetensors`, file);
}

/** Undefined when there are none yet. */
export async function readPredictions(runFolder: string, name: PredictionsFile): Promise<Predictions | undefined> {
  const bytes = await readRunFile(runFolder, `${name}.safetensors`);
  return bytes && decodePredictions(bytes, path.join(runFolder, `${name}.safetensors`));
}

/** A run of a list. */
export interface ListedRun {
  readonly runFolder: string;
  readonly run: RunRecord;
  /** What the user calls it, where they do. */
  readonly title?: string;
}

/** All runs of a data set that can be read, newest first. */
export async function listRuns(dataFolder: string): Promise<ListedRun[]> {
  const names = await fs.readdir(runsFolder(dataFolder)).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name): Promise<ListedRun | undefined> => {
      const runFolder = path.join(runsFolder(dataFolder), name);
      const [run, title] = await Promise.all([readRun(runFolder).catch(() => undefined), readTitle(runFolder)]);
      return run && { runFolder, run, ...(title !== undefined && { title }) };
    }),
  );
  return runs.filter(run => run !== undefined).sort((a, b) => (a.run.created < b.run.created ? 1 : -1));
}

/** The text of a file of a run; undefined where it is missing. */
async function readText(runFolder: string, name: string): Promise<string | undefined> {
  return (await readRunFile(runFolder, name, mostJsonBytes))?.toString('utf8');
}

/** Its process is there, or was moments ago: on a shared disk the process may be another machine's, and numbers of processes come again. */
async function goesOn(runFolder: string, { pid, host }: RunRecord): Promise<boolean> {
  if (host === os.hostname() && !isAlive(pid)) return false;
  const last = await fs.stat(path.join(runFolder, 'heartbeat')).then(({ mtimeMs }) => mtimeMs, () => 0);
  return Date.now() - last < 6 * heartbeatSeconds * 1000;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
