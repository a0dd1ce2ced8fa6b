import type { PixelFile } from '../../core/csv/pixelFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { count, plural } from '../../core/text';

type ReadFile = Pick<PixelFile, 'problems' | 'problemCount' | 'rowCount'>;

/** Rows that a sentence names. */
const NAMED = 5;

/**
 * What a training says of a file with rows that can't be read: the first with its reason, the next ones by number; the
 * reasons of all that were kept are its detail. It offers to skip them unless they are more than half of the file: that is
 * a file of another kind, and what can be read of it may be read wrong.
 */
export function badRowsError({ problems, problemCount, rowCount }: ReadFile, name: string): DigitsError {
  const [first, ...others] = problems;
  const detail = problems.map(({ message }) => message).join('\n');
  if (!maySkip({ problemCount, rowCount })) {
    return new DigitsError(
      'bad-row',
      sentence`${first!.message} ${count(problemCount)} of ${plural(rowCount, 'row')} of ${name} can't be read, too many to skip.`,
      detail,
    );
  }
  const more =
    problemCount === 1
      ? ''
      : ` ${rowsWords(
          others.map(({ row }) => row),
          problemCount - 1,
        )} can't be read either.`;
  return new DigitsError('bad-row', first!.message + more, detail, problemCount);
}

/** Enough rows are left without those that can't be read. */
export function maySkip({ problemCount, rowCount }: Pick<ReadFile, 'problemCount' | 'rowCount'>): boolean {
  return problemCount * 2 <= rowCount;
}

/** A sentence about the rows that a training left out; undefined where it left out none. */
export function skippedWords({ problems, problemCount }: ReadFile, name: string): string | undefined {
  if (problemCount === 0) return undefined;
  return `${rowsWords(
    problems.map(({ row }) => row),
    problemCount,
  )} of ${name} can't be read and ${problemCount === 1 ? 'was' : 'were'} skipped.`;
}

/** "Row 7", "Rows 7 and 9", "Rows 7, 9, 12, 13, 20 and 1,000 others". */
function rowsWords(rows: readonly number[], all: number): string {
  if (all === 1) return `Row ${count(rows[0]!)}`;
  const named = rows.slice(0, NAMED).map(count);
  if (all <= named.length) return `Rows ${named.slice(0, -1).join(', ')} and ${named.at(-1)!}`;
  return `Rows ${named.join(', ')} and ${plural(all - named.length, 'other')}`;
}
