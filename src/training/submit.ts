import path from 'node:path';
import { readPixelFile } from '../core/csv/readPixelFile';
import { writeFileAtomic } from '../core/atomicFile';
import { fullInk } from '../core/data/fullInk';
import { DigitsError } from '../core/errors';
import { argMax } from '../core/metrics';
import { readRun, writePredictions } from '../core/run/runFolder';
import { formatSubmission, readSampleSubmission } from '../core/submission';
import type { SubmitJob, SubmitResult, TrainingEvents } from '../protocol/training';
import { loadModel } from './modelFile';
import { predict } from './predict';
import { Throttle } from './throttle';

/** Predicts the test file with a run's best weights and writes the submission. Throws where the files don't fit the run. */
export async function submit(job: SubmitJob, events: TrainingEvents, signal: AbortSignal): Promise<SubmitResult> {
  const run = await readRun(job.runFolder);
  if (run.bestEpoch === undefined) throw new DigitsError('no-run', `Run ${run.id} ended before its first epoch and has no network; train again.`);
  const file = path.basename(job.testFile);
  const throttle = new Throttle();
  const data = await readPixelFile(job.testFile, { signal, onProgress: share => throttle.run(() => events.progress({ phase: 'reading', file, share })) });
  const [problem] = data.problems;
  // Every row of the test file needs an answer: none can be left out.
  if (problem) throw new DigitsError('bad-row', problem.message, data.problems.map(({ message }) => message).join('\n'));
  const { side } = data.format;
  if (side !== run.data.side) {
    throw new DigitsError('mismatch', `${file} has images of ${side}x${side} pixels and run ${run.id} was trained on ${run.data.side}x${run.data.side}; choose a run of this data set.`);
  }
  const layout = await readSampleSubmission(job.sampleFile, data);

  const model = await loadModel(path.join(job.runFolder, 'model'));
  const probabilities = await predict(model, data.pixels, side, fullInk(run.data.maxPixel), undefined, signal, share =>
    throttle.run(() => events.progress({ phase: 'predicting', share })),
  );
  model.dispose();

  const labels = argMax(probabilities, run.data.classes.length).map(index => run.data.classes[index]!);
  await writePredictions(job.runFolder, 'test', { rows: data.rowNumbers, labels: undefined, probabilities });
  await writeFileAtomic(job.outFile, formatSubmission(labels, layout));
  return { file: job.outFile, rows: labels.length };
}
