import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { count, list, moment, record, text } from '../../core/bounds';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { Evaluation, LabelledPredictions } from '../../core/run/evaluation';
import { createdAfter, newestFirst } from '../../core/run/newestFirst';
import { decodePredictions, encodePredictions } from '../../core/run/predictions';
import { readMetadata } from './readMetadata';
import { readRunFile, writeRunFile } from './runFiles';
import { dataFolderOf } from './runPaths';
import { decodeMetadata } from '../../core/run/safetensors';

// What a run's network made of other labelled files: a safetensors file each in the run's folder, evaluations/<id>, with
// rows, labels and probabilities, and what an Evaluation says as its metadata. One file, so that it is all there or not.

const ending = '.safetensors';

/** The name of a file's evaluation; `file` is absolute. */
export function evaluationId(runFolder: string, file: string): string {
  const place = placeOf(runFolder, file);
  // Files of other folders may have the same name.
  return `${path.basename(file).slice(0, 60)}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}

/** The absolute path of the file that was evaluated on. */
export function evaluatedFile(runFolder: string, { file }: Evaluation): string {
  return path.resolve(dataFolderOf(runFolder), file);
}

/** Keeps an evaluation; one of the same file before is replaced. `file` is absolute. Throws `write-failed` or `disk-full`. */
export async function writeEvaluation(
  runFolder: string,
  file: string,
  about: Omit<Evaluation, 'id' | 'file' | 'created'>,
  predictions: LabelledPredictions,
): Promise<Evaluation> {
  const evaluation = await newEvaluation(runFolder, file, about);
  await keepEvaluation(runFolder, evaluation, predictions);
  return evaluation;
}

/** An evaluation that is not kept yet. */
export async function newEvaluation(
  runFolder: string,
  file: string,
  about: Omit<Evaluation, 'id' | 'file' | 'created'>,
): Promise<Evaluation> {
  return {
    id: evaluationId(runFolder, file),
    file: placeOf(runFolder, file),
    created: createdAfter(await listEvaluations(runFolder)),
    ...about,
  };
}

/** The second half of {@link writeEvaluation}. */
export async function keepEvaluation(
  runFolder: string,
  evaluation: Evaluation,
  { rows, labels, probabilities }: LabelledPredictions,
): Promise<void> {
  await writeRunFile(
    runFolder,
    nameOf(evaluation.id),
    encodePredictions({ rows, labels, probabilities }, { evaluation: JSON.stringify(evaluation) }),
  );
}

/** A run's evaluations that can be read, the newest first. */
export async function listEvaluations(runFolder: string): Promise<readonly Evaluation[]> {
  const names = await fs.readdir(path.join(runFolder, 'evaluations')).catch(() => []);
  const ids = names.filter(name => name.endsWith(ending)).map(name => name.slice(0, -ending.length));
  const all = await Promise.all(ids.map(id => readAbout(runFolder, id).catch(() => undefined)));
  return all.filter(evaluation => evaluation !== undefined).sort(newestFirst);
}

/** What the network said of the images of an evaluation. Throws `read-failed`. */
export async function readEvaluation(
  runFolder: string,
  id: string,
): Promise<{ readonly evaluation: Evaluation; readonly predictions: LabelledPredictions }> {
  const file = path.join(runFolder, nameOf(id));
  const bytes = await readRunFile(runFolder, nameOf(id));
  if (!bytes) throw new DigitsError('read-failed', sentence`There is no file ${file}; evaluate again.`);
  try {
    return decodeEvaluation(bytes, id, file);
  } catch (error) {
    throw new DigitsError('read-failed', sentence`${file} is damaged; delete it and evaluate again.`, String(error));
  }
}

/** What the file of an evaluation holds. Throws an error of any kind where it is damaged. */
export function decodeEvaluation(
  bytes: Uint8Array,
  id: string,
  file: string,
): { readonly evaluation: Evaluation; readonly predictions: LabelledPredictions } {
  const evaluation = parseAbout(decodeMetadata(bytes), id);
  const { rows, labels, probabilities } = decodePredictions(bytes, file);
  if (labels === undefined) throw new Error('the labels are missing');
  return { evaluation, predictions: { rows, labels, probabilities } };
}

/** The name of an evaluation's file within the run's folder. */
function nameOf(id: string): string {
  // The base name only: an id must not lead to files elsewhere.
  return path.join('evaluations', `${path.basename(id)}${ending}`);
}

/** Where a file is, as runs keep it: from the data set's folder, with slashes. `file` is absolute. */
export function placeOf(runFolder: string, file: string): string {
  return path.relative(dataFolderOf(runFolder), file).replaceAll(path.sep, '/');
}

/** What the metadata say of an evaluation. */
const aboutEvaluation = v.pipe(
  record({
    file: text,
    fingerprint: text,
    created: moment,
    epoch: count,
    images: count,
    right: count,
    trained: v.optional(count),
    notes: v.optional(list(text)),
  }),
  v.check(({ right, images, trained = 0 }) => right <= images && trained <= images),
);

async function readAbout(runFolder: string, id: string): Promise<Evaluation> {
  return parseAbout(await readMetadata(runFolder, nameOf(id)), id);
}

function parseAbout(metadata: Readonly<Record<string, string>>, id: string): Evaluation {
  const { file, fingerprint, created, epoch, images, right, trained, notes } = v.parse(
    aboutEvaluation,
    JSON.parse(metadata['evaluation'] ?? 'null'),
  );
  const known = { ...(trained !== undefined && { trained }), ...(notes && { notes }) };
  return { id, file, fingerprint, created, epoch, images, right, ...known };
}
