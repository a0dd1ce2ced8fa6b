import type { DigitsError } from '../core/errors';
import { count } from '../core/text';
import type { Output } from './output';

/** Rows that are printed for people; programs get all of them. */
const mostLines = 20;

/** The rows that can't be read, where there are several: the error's own sentence, which comes after them, is about the first. */
export function listProblems({ detail, skippableRows }: DigitsError, output: Output): void {
  const problems = detail?.split('\n') ?? [];
  problems.forEach((message, i) =>
    output.event({ event: 'problem', message }, problems.length > 1 && i < mostLines ? message : undefined),
  );
  const all = Math.max(problems.length, skippableRows ?? 0);
  if (all > mostLines) output.event({ event: 'problems', count: all }, `… ${count(all)} rows in all can't be read`);
}
