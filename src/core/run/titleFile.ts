import fs from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../atomicFile';
import { fileError } from '../errors';
import { cleanTitle } from './runName';

// A run's title has a file of its own, title.json: the process that trains writes run.json, whoever renames writes this.

const fileOf = (runFolder: string): string => path.join(runFolder, 'title.json');

/** The title that the user gave a run; undefined where there is none, or none that can be read. */
export async function readTitle(runFolder: string): Promise<string | undefined> {
  try {
    const value = JSON.parse(await fs.readFile(fileOf(runFolder), 'utf8')) as { readonly title?: unknown } | null;
    const title = typeof value?.title === 'string' ? cleanTitle(value.title) : '';
    return title === '' ? undefined : title;
  } catch {
    return undefined;
  }
}

/** Gives a run a title; an empty one takes it away. Throws `write-failed` or `disk-full`. */
export async function writeTitle(runFolder: string, text: string): Promise<void> {
  const title = cleanTitle(text);
  if (title !== '') return writeFileAtomic(fileOf(runFolder), `${JSON.stringify({ title }, null, 2)}\n`);
  await fs.rm(fileOf(runFolder), { force: true }).catch((error: unknown) => {
    throw fileError('write', fileOf(runFolder), error);
  });
}
