import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { foreignFile } from '../../core/csv/foreignFile';
import { DigitsError } from '../../core/errors';
import { fileError } from '../../store/fileError';
import { plural } from '../../core/text';

/** What stands in a submission beside the labels. */
export interface SubmissionLayout {
  /** The names of its two columns. */
  readonly header: readonly [string, string];
  /** One a row of the test file, in the same order. */
  readonly ids: readonly string[];
}

/** What has to be known of a test file to write a submission for it. */
export interface SubmissionRows {
  readonly rowNumbers: Uint32Array;
  readonly ids: readonly string[] | undefined;
}

/** Kaggle's Digit Recognizer asks for these. */
const DEFAULT_HEADER = ['ImageId', 'Label'] as const;

/** Lines of one part of a submission. */
const LINES_AT_ONCE = 4096;

/**
 * The content of a submission, part by part: a header and a line for each label, each ended by a line feed. Throws
 * `mismatch` unless there is one label an id.
 */
export function formatSubmission(labels: ArrayLike<number>, { header, ids }: SubmissionLayout): Iterable<string> {
  if (labels.length !== ids.length) {
    throw new DigitsError(
      'mismatch',
      `There are ${labels.length} predictions for ${ids.length} ids; predict the test file again.`,
    );
  }
  return partsOf(labels, header, ids);
}

function* partsOf(labels: ArrayLike<number>, header: readonly string[], ids: readonly string[]): Iterable<string> {
  const text = (lines: readonly (readonly string[])[]): string => `${Papa.unparse([...lines], { newline: '\n' })}\n`;
  yield text([header]);
  for (let from = 0; from < ids.length; from += LINES_AT_ONCE) {
    yield text(ids.slice(from, from + LINES_AT_ONCE).map((id, at) => [id, String(labels[from + at]!)]));
  }
}

/**
 * Header and ids of a submission: those of `sampleFile` where there is one, or else the ids of the test file, or else
 * its row numbers. Throws `mismatch` when the sample is of another test file, and `read-failed`, `empty-file` or
 * `bad-header` when it can't be read.
 */
export async function readSampleSubmission(
  sampleFile: string | undefined,
  test: SubmissionRows,
): Promise<SubmissionLayout> {
  const rowIds = test.ids ?? Array.from(test.rowNumbers, String);
  if (sampleFile === undefined) return { header: DEFAULT_HEADER, ids: rowIds };

  const name = path.basename(sampleFile);
  const content = await readFile(sampleFile).catch((error: unknown) => {
    throw fileError('read', name, error);
  });
  const sample = parseSampleSubmission(content, name);
  if (sample.ids.length !== rowIds.length) {
    throw new DigitsError(
      'mismatch',
      `${name} has ${sample.ids.length} ids and the test file has ${rowIds.length} rows; put the sample of this test file in its place, or remove it.`,
    );
  }
  if (test.ids === undefined) return sample;
  // Where the test file has the same ids in another order, each of its rows keeps its own.
  const known = new Set(sample.ids);
  const sameIds = new Set(test.ids).size === known.size && test.ids.every(id => known.has(id));
  return sameIds ? { header: sample.header, ids: rowIds } : sample;
}

/** Reads a submission or a sample of one. Throws `empty-file` or `bad-header`. `name`: the file's, for messages. */
export function parseSampleSubmission(content: Uint8Array, name: string): SubmissionLayout {
  const foreign = foreignFile(content);
  if (foreign !== undefined) throw new DigitsError('bad-header', `${name} ${foreign}`);
  const text = new TextDecoder().decode(content);
  if (text.trim() === '') throw new DigitsError('empty-file', `${name} is empty; download it again, or remove it.`);

  // A guess is no use for a column of numbers and one of names: a comma in a name would count.
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].find(candidate => first.includes(candidate)) ?? ',';
  const options = { delimiter, skipEmptyLines: 'greedy' } as const;
  const header = (Papa.parse<readonly string[]>(text, { ...options, preview: 1 }).data[0] ?? []).map(value =>
    value.trim(),
  );
  const [idName, labelName] = header;
  if (idName === undefined || labelName === undefined || header.length > 2) {
    throw new DigitsError(
      'bad-header',
      `${name} has ${plural(header.length, 'column')} where a submission has two, one of ids and one of labels; correct it or remove it.`,
    );
  }
  const ids: string[] = [];
  // One row after the other: of all rows at once there would be an array each.
  Papa.parse<readonly string[]>(text, { ...options, step: ({ data: [id] }) => void ids.push(id!.trim()) });
  return { header: [idName, labelName], ids: ids.slice(1) };
}
