import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { count } from '../../core/text';

/** The two columns of a sample submission, without their header. */
export interface SampleColumns {
  /** Its name, for messages. */
  readonly file: string;
  readonly header: readonly [string, string];
  readonly columns: readonly [readonly string[], readonly string[]];
}

/** The rows of a test file, as far as ids go. */
export interface TestRows {
  readonly rowNumbers: Uint32Array;
  readonly ids: readonly string[] | undefined;
  /** The ids are a table's row index, by the name of their column. */
  readonly idsAreIndex?: boolean | undefined;
}

/** The id of each test row, and which of the sample's columns holds ids. */
export interface MatchedIds {
  readonly ids: readonly string[];
  readonly idColumn: 0 | 1;
  /** What a person should know, as full sentences. */
  readonly notes: readonly string[];
}

const LABEL_NAME = /^(label|class|target|category|digit|prediction|y)$/i;

/**
 * The ids of a submission without a sample: those of the test file, or its row numbers. Throws `mismatch` where an id is
 * there twice.
 */
export function ownIds(test: TestRows): MatchedIds {
  const byPosition = Array.from(test.rowNumbers, String);
  if (test.ids === undefined) return { ids: byPosition, idColumn: 0, notes: [] };
  if (test.idsAreIndex && countsFromZero(test.ids)) {
    const note = 'The column "index" of the test file counts its rows from 0; the submission counts them from 1.';
    return { ids: byPosition, idColumn: 0, notes: [note] };
  }
  requireDistinct(test.ids, 'The test file', test.rowNumbers);
  return { ids: test.ids, idColumn: 0, notes: [] };
}

/**
 * Gives each test row the sample's id that is the same value, whatever order or leading zeros it has. In a test file without
 * ids the value is the number of the row, if the sample has all of them; other ids are taken in their order. Throws
 * `mismatch` with the first id that is in one file only, or there twice.
 */
export function matchIds(sample: SampleColumns, test: TestRows): MatchedIds {
  const rows = test.rowNumbers.length;
  const length = sample.columns[0].length;
  if (length !== rows) {
    throw new DigitsError(
      'mismatch',
      sentence`${sample.file} has ${length} ids and the test file has ${rows} rows; put the sample of this test file in its place, or remove it.`,
    );
  }
  const numbers = [1, 0].map(from => Array.from({ length: rows }, (_, at) => String(from + at)));
  const idColumn = idColumnOf(sample, test.ids ? [test.ids, ...numbers] : numbers);
  const ids = sample.columns[idColumn];
  requireDistinct(ids, sample.file);
  const found = byValue(ids);
  const isRowIndex = test.ids !== undefined && (test.idsAreIndex || countsFromZero(test.ids));
  if (test.ids !== undefined) {
    const matched = test.ids.map(found);
    if (!matched.includes(undefined) || !isRowIndex)
      return { ids: requireMatched(sample, test, matched), idColumn, notes: [] };
  }
  // A row without an id of its own is its number, where the sample has the numbers of the rows, or else takes the sample's
  // id in its place.
  const numbered = numbers.map(row => row.map(found)).find(matched => !matched.includes(undefined));
  const note = `The ids of the test file only count its rows from 0; the submission has the ids of ${sample.file}.`;
  return { ids: (numbered as readonly string[] | undefined) ?? ids, idColumn, notes: isRowIndex ? [note] : [] };
}

/** The ids that were found for the test rows. Throws `mismatch` with the first row that has none, or the id of another one. */
function requireMatched(
  { file }: SampleColumns,
  { ids, rowNumbers }: TestRows,
  matched: readonly (string | undefined)[],
): readonly string[] {
  requireDistinct(ids!, 'The test file', rowNumbers);
  const missing = matched.indexOf(undefined);
  if (missing >= 0) {
    throw new DigitsError(
      'mismatch',
      sentence`Row ${count(rowNumbers[missing]!)} of the test file has the id "${ids![missing]!}", which ${file} does not have; put the sample of this test file in its place, or remove it.`,
    );
  }
  // Two spellings of a number would give one id to two rows.
  requireDistinct(matched as readonly string[], 'The test file', rowNumbers);
  return matched as readonly string[];
}

/** Finds the id that has a value. */
type Find = (id: string) => string | undefined;

/** The column beside one that is named as labels are; else the one that holds all ids of a list by value, of the first list that tells, or has no value twice. */
function idColumnOf({ header, columns }: SampleColumns, lists: readonly (readonly string[])[]): 0 | 1 {
  const labels = header.map(name => LABEL_NAME.test(name.trim()));
  if (labels[0] !== labels[1]) return labels[0] ? 1 : 0;
  const [first, second] = columns.map(byValue) as [Find, Find];
  for (const list of lists) {
    const [inFirst, inSecond] = [first, second].map(found => list.every(id => found(id) !== undefined));
    if (inFirst !== inSecond) return inFirst ? 0 : 1;
  }
  const distinct = columns.map(column => new Set(column).size === column.length);
  return distinct[1] && !distinct[0] ? 1 : 0;
}

/** Finds an id of a list: as it is written, or else as the same whole number. */
function byValue(ids: readonly string[]): Find {
  const exact = new Set(ids);
  const numbers = new Map<string, string>();
  for (const id of ids) {
    const number = wholeNumber(id);
    if (number !== undefined) numbers.set(number, numbers.has(number) && numbers.get(number) !== id ? '' : id);
  }
  return id => {
    if (exact.has(id)) return id;
    const number = wholeNumber(id);
    // Two ids of one number: which one is meant can't be told.
    return (number === undefined ? undefined : numbers.get(number)) || undefined;
  };
}

/** The digits of a whole number without leading zeros, also of one that was written as a decimal; undefined for other text. */
function wholeNumber(id: string): string | undefined {
  return /^0*(\d+)(?:\.0+)?$/.exec(id)?.[1];
}

function countsFromZero(ids: readonly string[]): boolean {
  return ids.every((id, at) => wholeNumber(id) === String(at));
}

function requireDistinct(ids: readonly string[], file: string, rowNumbers?: Uint32Array): void {
  const first = new Map<string, number>();
  for (const [at, id] of ids.entries()) {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, at);
      continue;
    }
    const row = (index: number): string => count(rowNumbers?.[index] ?? index + 1);
    throw new DigitsError(
      'mismatch',
      sentence`${file} has the id "${id}" twice, in rows ${row(before)} and ${row(at)}; correct it, because each image needs an id of its own.`,
    );
  }
}
