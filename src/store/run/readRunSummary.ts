import { readHistory, readRun } from './runFolder';
import type { RunSummary } from '../../core/run/runRecord';
import { readTitle } from './titleFile';

/** Reads a run without its predictions. Throws when there is no run. */
export async function readRunSummary(runFolder: string): Promise<RunSummary> {
  const [run, history, title] = await Promise.all([readRun(runFolder), readHistory(runFolder), readTitle(runFolder)]);
  return { run, history, ...(title !== undefined && { title }) };
}
