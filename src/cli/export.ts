import path from 'node:path';
import { dataFolderOf } from '../store/run/runFolder';
import { chooseRun } from './chooseRun';
import type { Output } from './output';
import { inTrainingProcess } from './session';

/** `digits export`. */
export async function exportCommand(
  {
    folder,
    runId,
    out,
  }: { readonly folder: string; readonly runId: string | undefined; readonly out: string | undefined },
  output: Output,
): Promise<void> {
  const { run, runFolder } = await chooseRun(folder, runId);
  const outFolder = path.resolve(out ?? path.join(dataFolderOf(runFolder), `exported-${run.id}`));
  const result = await inTrainingProcess({}, child => child.rpc.call('exportModel', { runFolder, outFolder }), output);
  const shown = path.relative('', result.folder) || '.';
  output.event(
    { event: 'done', run: run.id, ...result },
    `Exported the network of run ${run.id} to ${shown}; open ${path.join(shown, 'index.html')} in a browser, or see its README.md.`,
  );
}
