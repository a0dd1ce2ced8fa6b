import { latestMoment } from '../bounds';

interface Created {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly created: string;
}

/** Orders what was made by when it was, the newest first. */
export function newestFirst(a: Created, b: Created): number {
  return Date.parse(b.created) - Date.parse(a.created) || (a.id < b.id ? 1 : -1);
}

/** The moment to note for something new beside others: now, or just after the newest of them where a clock was set back meanwhile. */
export function createdAfter(others: readonly Pick<Created, 'created'>[], now = new Date()): string {
  const newest = Math.max(...others.map(({ created }) => Date.parse(created)).filter(Number.isFinite));
  return new Date(Math.min(Math.max(now.getTime(), newest + 1), latestMoment)).toISOString();
}
