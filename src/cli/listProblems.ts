import type { DigitsError } from '../core/errors';
import { count } from '../core/text';
import type { Output } from './output';
import { sumUp } from './sumUp';

/** Rows that are printed for people; programs get all of them. */
const mostLines = 20;

/** The rows that can't be read, where there are several: the error's own sentence, which comes after them, is about the first. */
export function listProblems({ detail, skippableRows }: DigitsError, output: Output): void {
  const problems = detail?.split('\n') ?? [];
  for (const message of problems) output.event({ event: 'problem', message });
  const lines = problems.length > 1 ? sumUp(problems) : [];
  for (const line of lines.slice(0, mostLines)) output.line(line);
  const all = Math.max(problems.length, skippableRows ?? 0);
  if (all > problems.length || lines.length > mostLines)
    output.event({ event: 'problems', count: all }, `… ${count(all)} rows in all can't be read`);
}
