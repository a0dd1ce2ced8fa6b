import path from 'node:path';
import { readPixelFile } from '../core/csv/readPixelFile';
import { writeFileAtomic } from '../core/atomicFile';
import { fullInk } from '../core/data/fullInk';
import { DigitsError } from '../core/errors';
import { argMax } from '../core/metrics';
import { readRun, writePredictions } from '../core/run/runFolder';
import { formatSubmission, readSampleSubmission } from '../core/submission';
import type { SubmitJob, SubmitResult, TrainingEvents } from '../protocol/training';
import { Crew, layoutFor } from './crew';
import { readModel } from './modelFile';
import { predict } from './predict';
import { Throttle } from './throttle';

/** Predicts the test file with a run's best weights and writes the submission. Throws where the files don't fit the run. */
export async function submit(job: SubmitJob, events: TrainingEvents, signal: AbortSignal): Promise<SubmitResult> {
  const run = await readRun(job.runFolder);
  if (run.bestEpoch === undefined) throw new DigitsError('no-run', `Run ${run.id} ended before its first epoch and has no network; train again.`);
  const file = path.basename(job.testFile);
  const throttle = new Throttle();
  const starting = Crew.start('auto', layoutFor('one'));
  starting.catch(() => undefined);
  try {
    const data = await readPixelFile(job.testFile, { signal, onProgress: share => throttle.run(() => events.progress({ phase: 'reading', file, share })) });
    const [problem] = data.problems;
    // Every row of the test file needs an answer: none can be left out.
    if (problem) throw new DigitsError('bad-row', problem.message, data.problems.map(({ message }) => message).join('\n'));
    const { side } = data.format;
    if (side !== run.data.side) {
      throw new DigitsError('mismatch', `${file} has images of ${side}x${side} pixels and run ${run.id} was trained on ${run.data.side}x${run.data.side}; choose a run of this data set.`);
    }
    const layout = await readSampleSubmission(job.sampleFile, data);

    const model = await readModel(path.join(job.runFolder, 'model'));
    const crew = await starting;
    await crew.all('load', () => model);
    const began = performance.now();
    const images = { pixels: data.pixels, side, ink: fullInk(run.data.maxPixel) };
    const probabilities = await predict(crew, images, run.data.classes.length, undefined, signal, share => throttle.run(() => events.progress({ phase: 'predicting', share })));
    const seconds = (performance.now() - began) / 1000;

    const labels = argMax(probabilities, run.data.classes.length).map(index => run.data.classes[index]!);
    await writePredictions(job.runFolder, 'test', { rows: data.rowNumbers, labels: undefined, probabilities });
    await writeFileAtomic(job.outFile, formatSubmission(labels, layout));
    return { file: job.outFile, rows: labels.length, seconds };
  } finally {
    await starting.then(crew => crew.dispose(), () => undefined);
  }
}
