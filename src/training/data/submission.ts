import path from 'node:path';
import Papa from 'papaparse';
import { foreignFile } from '../../core/csv/foreignFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fileError } from '../../store/fileError';
import { openAtOnce } from '../../store/openAtOnce';
import { matchIds, ownIds, type SampleColumns, type TestRows } from './submissionIds';
import { plural } from '../../core/text';

/** What stands in a submission beside the labels. */
export interface SubmissionLayout {
  /** The names of its two columns. */
  readonly header: readonly [string, string];
  /** One per row of the test file, in the same order. */
  readonly ids: readonly string[];
  /** The column that holds the ids; the other one holds the labels. */
  readonly idColumn: 0 | 1;
  /** What a person should know of the ids, as full sentences. */
  readonly notes: readonly string[];
}

/** Kaggle's Digit Recognizer asks for these. */
const DEFAULT_HEADER = ['ImageId', 'Label'] as const;

/** Lines of one part of a submission. */
const LINES_AT_ONCE = 4096;
/** A sample may have so many bytes, and as many more per row of the test file: far more than ids take. */
const SAMPLE_BYTES = 1 << 20;
const SAMPLE_BYTES_PER_ROW = 1024;

/**
 * The content of a submission, part by part: a header and a line for each label, each ended by a line feed. Throws
 * `mismatch` unless there is one label an id.
 */
export function formatSubmission(
  labels: ArrayLike<number>,
  { header, ids, idColumn }: Omit<SubmissionLayout, 'notes'>,
): Iterable<string> {
  if (labels.length !== ids.length) {
    throw new DigitsError(
      'mismatch',
      sentence`There are ${labels.length} predictions for ${ids.length} ids; predict the test file again.`,
    );
  }
  return partsOf(labels, header, ids, idColumn);
}

function* partsOf(
  labels: ArrayLike<number>,
  header: readonly string[],
  ids: readonly string[],
  idColumn: 0 | 1,
): Iterable<string> {
  const text = (lines: readonly (readonly string[])[]): string => `${Papa.unparse([...lines], { newline: '\n' })}\n`;
  yield text([header]);
  for (let from = 0; from < ids.length; from += LINES_AT_ONCE) {
    yield text(
      ids.slice(from, from + LINES_AT_ONCE).map((id, at) => {
        const label = String(labels[from + at]!);
        return idColumn === 0 ? [id, label] : [label, id];
      }),
    );
  }
}

/**
 * Header and ids of a submission: those of `sampleFile` where there is one, matched by value, or else the ids of the test
 * file, or else its row numbers. Throws `mismatch` when the sample is of another test file, and `read-failed`,
 * `empty-file` or `bad-header` when it can't be read.
 */
export async function readSampleSubmission(sampleFile: string | undefined, test: TestRows): Promise<SubmissionLayout> {
  if (sampleFile === undefined) return { header: DEFAULT_HEADER, ...ownIds(test) };
  const name = path.basename(sampleFile);
  const sample = parseSampleSubmission(await readSample(sampleFile, name, test.rowNumbers.length), name);
  return { header: sample.header, ...matchIds(sample, test) };
}

/** The bytes of a sample. Throws `read-failed` where it is no regular file, or larger than a sample of so many rows can be. */
async function readSample(file: string, name: string, rows: number): Promise<Uint8Array> {
  try {
    const handle = await openAtOnce(file);
    try {
      const stat = await handle.stat();
      if (!stat.isFile() && !stat.isDirectory()) {
        throw new DigitsError(
          'read-failed',
          sentence`${name} is a pipe or a device, not a file; put a file in its place, or remove it.`,
        );
      }
      const most = SAMPLE_BYTES + rows * SAMPLE_BYTES_PER_ROW;
      if (stat.size > most) {
        throw new DigitsError(
          'read-failed',
          sentence`${name} is too large for the sample of ${plural(rows, 'row')}; put the sample of this test file in its place, or remove it.`,
        );
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError('read', name, error);
  }
}

/** Reads a submission or a sample of one. Throws `empty-file` or `bad-header`. `name`: the file's, for messages. */
export function parseSampleSubmission(content: Uint8Array, name: string): SampleColumns {
  const foreign = foreignFile(content);
  if (foreign !== undefined) throw new DigitsError('bad-header', sentence`${name} ${foreign}`);
  const text = new TextDecoder().decode(content);
  if (text.trim() === '')
    throw new DigitsError('empty-file', sentence`${name} is empty; download it again, or remove it.`);

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
      sentence`${name} has ${plural(header.length, 'column')} where a submission has two, one of ids and one of labels; correct it or remove it.`,
    );
  }
  const columns: [string[], string[]] = [[], []];
  // One row after the other: of all rows at once there would be an array each.
  Papa.parse<readonly string[]>(text, {
    ...options,
    step: ({ data: [first, second] }) => {
      columns[0].push(first!.trim());
      columns[1].push((second ?? '').trim());
    },
  });
  return { file: name, header: [idName, labelName], columns: [columns[0].slice(1), columns[1].slice(1)] };
}
