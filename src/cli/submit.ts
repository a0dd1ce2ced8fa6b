import path from 'node:path';
import { DigitsError } from '../core/errors';
import { listRuns } from '../core/run/runFolder';
import { plural } from '../core/text';
import { chooseDataSet } from './dataSet';
import type { Output } from './output';
import { inTrainingProcess } from './session';

/** `digits submit`. */
export async function submitCommand({ folder, runId, out }: { readonly folder: string; readonly runId: string | undefined; readonly out: string | undefined }, output: Output): Promise<void> {
  const dataSet = await chooseDataSet(folder, 'test');
  const runs = await listRuns(dataSet.folder);
  const chosen = runId === undefined ? runs.find(({ run }) => run.bestEpoch !== undefined) : runs.find(({ run }) => run.id === runId);
  if (!chosen) {
    const message =
      runId === undefined ? `${folder} has no trained network yet; run "digits train ${folder}" first.` : `${folder} has no run ${runId}; "digits runs ${folder}" lists them.`;
    throw new DigitsError('no-run', message);
  }
  const outFile = path.resolve(out ?? path.join(dataSet.folder, 'submission.csv'));
  const result = await inTrainingProcess(
    {
      progress: progress => {
        output.event({ event: 'progress', ...progress });
        if (progress.phase === 'reading') output.bar(progress.share, `reading ${progress.file}`);
        else if (progress.phase === 'predicting') output.bar(progress.share, 'predicting');
      },
    },
    child => child.rpc.call('submit', { runFolder: chosen.runFolder, testFile: dataSet.testFile, sampleFile: dataSet.sampleSubmission, outFile }),
  );
  output.event({ event: 'done', run: chosen.run.id, ...result }, `Wrote ${plural(result.rows, 'prediction')} of run ${chosen.run.id} to ${path.relative('', result.file)}.`);
}
