import path from 'node:path';
import { readFormat } from '../../store/pixelFile/openPixelFile';
import { knownLabels } from '../data/knownLabels';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { argMax } from '../../core/metrics';
import { hashImages } from '../../core/data/imageHash';
import { asTrained } from '../../core/data/fitImages';
import { countTrained } from '../../core/run/trainedImages';
import { readTrainedImages } from '../../store/run/runFolder';
import { keepEvaluation, newEvaluation } from '../../store/run/evaluations';
import { isReadOnly } from '../../store/fileError';
import type { EvaluateJob, EvaluateResult, TrainingEvents } from '../../protocol/training';
import { predictImages, readImagesFor, readNetwork } from '../data/predictFile';

/** Predicts a labelled file with a run's kept weights and keeps what came of it in the run's folder. Throws where file and run don't fit. */
export async function evaluate(
  { runFolder, file }: EvaluateJob,
  events: TrainingEvents,
  signal: AbortSignal,
): Promise<EvaluateResult> {
  const network = await readNetwork(runFolder);
  const { run } = network;
  const name = path.basename(file);
  if ((await readFormat(file)).kind === 'test') {
    throw new DigitsError(
      'mismatch',
      sentence`${name} has no column "label", so there is nothing to compare predictions with; choose a file with labels, or write a submission for this one.`,
    );
  }
  const images = await readImagesFor(run, file, events, signal);
  const { data, fit } = images;
  const labels = knownLabels(data.labels!, data.rowNumbers, run.data.classes, name, run.id);
  const { probabilities, notes } = await predictImages(runFolder, network, images, events, signal);

  const predicted = argMax(probabilities, run.data.classes.length);
  const right = predicted.filter((guess, image) => guess === labels[image]).length;
  const known = await readTrainedImages(runFolder);
  const hashes = hashImages(asTrained(data.pixels, fit, run.data), run.data.side ** 2);
  const about = {
    fingerprint: data.fingerprint.full,
    epoch: run.bestEpoch,
    images: labels.length,
    right,
    ...(known && { trained: countTrained(known, hashes) }),
    ...(notes.length > 0 && { notes }),
  };
  const evaluation = await newEvaluation(runFolder, file, about);
  const predictions = { rows: data.rowNumbers, labels, probabilities };
  return keepEvaluation(runFolder, evaluation, predictions).then(
    () => evaluation,
    (error: unknown) => {
      if (!isReadOnly(error)) throw error;
      const note = `The result is not kept with run ${run.id}, because its folder may only be read.`;
      return { ...evaluation, notes: [...(evaluation.notes ?? []), note], unkept: predictions };
    },
  );
}
