import path from 'node:path';
import { listRuns } from '../store/run/runFolder';
import { replacedNote } from '../store/run/trainingFile';
import { plural } from '../core/text';
import { chooseFrom } from './chooseRun';
import { chooseDataSet } from './dataSet';
import type { Output, OutputEvent } from './output';
import { inTrainingProcess } from './session';

/** `digits submit`. */
export async function submitCommand(
  {
    folder,
    runId,
    out,
  }: { readonly folder: string; readonly runId: string | undefined; readonly out: string | undefined },
  output: Output,
): Promise<void> {
  const dataSet = await chooseDataSet(folder, 'test');
  const chosen = chooseFrom(await listRuns(dataSet.folder), folder, runId);
  const say = (event: OutputEvent, line: string): void =>
    out === '-' ? output.aside(line) : output.event(event, line);
  for (const message of await replacedNote(chosen.runFolder, chosen.run)) say({ event: 'note', message }, message);
  const outFile = out === '-' ? undefined : path.resolve(out ?? path.join(dataSet.folder, 'submission.csv'));
  const result = await inTrainingProcess(
    {
      progress: progress => {
        output.event({ event: 'progress', ...progress });
        if (progress.phase === 'reading') output.bar(progress.share, `reading ${progress.file}`);
        else if (progress.phase === 'predicting') output.bar(progress.share, 'predicting');
      },
    },
    child =>
      child.rpc.call('submit', {
        runFolder: chosen.runFolder,
        testFile: dataSet.testFile,
        sampleFile: dataSet.sampleSubmission,
        outFile,
      }),
    output,
  );
  if (result.content !== undefined) {
    output.text(result.content.replace(/\n$/, ''));
    // What did not arrive is told at the end, and is no success.
    if (!(await output.hasArrived())) return;
  }
  say(
    {
      event: 'done',
      run: chosen.run.id,
      file: result.file,
      rows: result.rows,
      notes: result.notes,
      seconds: result.seconds,
    },
    [
      `Wrote ${plural(result.rows, 'prediction')} of run ${chosen.run.id} to ${result.file === undefined ? 'standard output' : path.relative('', result.file)}.`,
      ...result.notes,
    ].join(' '),
  );
}
