import { readHistory, readRun } from './runFolder';
import type { EpochRecord, RunRecord } from './runRecord';
import { readTitle } from './titleFile';

/** What comparisons and lists need of a run. */
export interface RunSummary {
  readonly run: RunRecord;
  readonly history: readonly EpochRecord[];
  readonly title?: string;
}

/** Reads a run without its predictions. Throws when there is no run. */
export async function readRunSummary(runFolder: string): Promise<RunSummary> {
  const [run, history, title] = await Promise.all([readRun(runFolder), readHistory(runFolder), readTitle(runFolder)]);
  return { run, history, ...(title !== undefined && { title }) };
}
