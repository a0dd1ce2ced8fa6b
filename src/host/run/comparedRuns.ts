import path from 'node:path';
import type { ComparedRun } from '../../protocol/runPanel';
import { readRunSummary } from '../../store/run/runFolder';
import type { RunAccess } from '../runs/runAccess';

/** The runs that a view asked for, without its own. */
export function otherRunIds(runFolder: string, ids: readonly string[]): readonly string[] {
  return ids.filter(id => id !== path.basename(runFolder));
}

/** Those of some runs beside one that are there and can be read, in the order of `ids`. */
export async function comparedRuns(
  runFolder: string,
  ids: readonly string[],
  runs: Pick<RunAccess, 'watch'>,
): Promise<readonly ComparedRun[]> {
  const found = await Promise.all(
    otherRunIds(runFolder, ids).map(async (id): Promise<ComparedRun | undefined> => {
      const folder = path.join(path.dirname(runFolder), id);
      const summary = await readRunSummary(folder).catch(() => undefined);
      if (!summary) return undefined;
      runs.watch(folder, summary.run);
      return { id, ...summary };
    }),
  );
  return found.filter(run => run !== undefined);
}
