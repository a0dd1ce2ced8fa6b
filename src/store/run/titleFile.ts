import fs from 'node:fs/promises';
import path from 'node:path';
import { DigitsError, tellsOfFiles } from '../../core/errors';
import { fileError } from '../fileError';
import { cleanTitle } from '../../core/run/runName';
import { readRunFile, requireOwnPlace, writeRunFile } from './runFiles';
import { homeOf } from './runPaths';

// A run's title has a file of its own, title.json: the process that trains writes run.json, whoever renames writes this.

const name = 'title.json';
/** More than a title takes. */
const mostBytes = 1 << 16;

/** The title that the user gave a run; undefined where there is none, or none that can be read. */
export async function readTitle(runFolder: string): Promise<string | undefined> {
  try {
    const value = JSON.parse(String((await readRunFile(runFolder, name, mostBytes)) ?? 'null')) as {
      readonly title?: unknown;
    } | null;
    const title = typeof value?.title === 'string' ? cleanTitle(value.title) : '';
    return title === '' ? undefined : title;
  } catch (error) {
    if (error instanceof DigitsError && tellsOfFiles(error.detail ?? '')) throw error;
    return undefined;
  }
}

/** Gives a run a title; an empty one takes it away. Throws `write-failed` or `disk-full`. */
export async function writeTitle(runFolder: string, text: string): Promise<void> {
  const title = cleanTitle(text);
  if (title !== '') return writeRunFile(runFolder, name, `${JSON.stringify({ title }, null, 2)}\n`);
  const file = path.join(runFolder, name);
  await requireOwnPlace(homeOf(runFolder), path.dirname(file));
  await fs.rm(file, { force: true }).catch((error: unknown) => {
    throw fileError('write', file, error);
  });
}
