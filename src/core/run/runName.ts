import { dayAndTime } from '../text';
import { presetWords, type RunRecord } from './runRecord';

/** The most characters of a title. */
export const longestTitle = 80;

/** A run and the title that the user gave it, if any. */
export interface NamedRun {
  readonly run: Pick<RunRecord, 'config' | 'data' | 'created'>;
  readonly title?: string | undefined;
}

/** A title as it is kept: one line without control characters, and not too long; empty for none. */
export function cleanTitle(text: string): string {
  // Characters that turn the direction of writing would turn that of what stands beside a title.
  const line = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/gu, ' ').trim();
  return [...line].slice(0, longestTitle).join('').trim();
}

/** What is wrong with a title; undefined for one that is kept as it is. */
export function titleProblem(text: string): string | undefined {
  const { length } = [...text.trim()];
  return length > longestTitle
    ? `A title has at most ${longestTitle} characters, and this one has ${length}.`
    : undefined;
}

/** What a run is called where its date stands beside it: its title, or what was trained. */
export function shortName({ run, title }: NamedRun): string {
  return title ?? presetWords(run);
}

/** What a run is called by itself: its title, or what was trained and when. */
export function fullName({ run, title }: NamedRun): string {
  return title ?? `${presetWords(run)}, ${dayAndTime(run.created)}`;
}
