import path from 'node:path';
import { readRunIds } from '../../core/run/runId';
import type { ComparedRun } from '../../protocol/panels';
import type { RunAccess } from '../runs/runAccess';

/** The runs of a list that a view sent, without the view's own. Throws for what is no list of run ids. */
export function otherRunIds(runFolder: string, ids: unknown): readonly string[] {
  return readRunIds(ids).filter(id => id !== path.basename(runFolder));
}

/** Those of some runs beside one that are there and can be read, in the order of `ids`. Throws for what is no list of run ids. */
export async function comparedRuns(
  runFolder: string,
  ids: unknown,
  runs: Pick<RunAccess, 'summary'>,
): Promise<readonly ComparedRun[]> {
  const found = await Promise.all(
    otherRunIds(runFolder, ids).map(async (id): Promise<ComparedRun | undefined> => {
      const summary = await runs.summary(path.join(path.dirname(runFolder), id)).catch(() => undefined);
      return summary && { id, ...summary };
    }),
  );
  return found.filter(run => run !== undefined);
}
