import { writeFileAtomic } from '../../store/atomicFile';
import { isReadOnly } from '../../store/fileError';
import { argMax } from '../../core/metrics';
import { predictedFile } from '../../store/run/predictionSources';
import { requireOutFile } from '../data/requireOutPlace';
import { dataFolderOf, writePredictions } from '../../store/run/runFolder';
import { predictionsEpoch } from '../../store/run/runMoment';
import { trainFileOf } from '../../store/run/trainingFile';
import { formatSubmission, readSampleSubmission } from '../data/submission';
import type { SubmitJob, SubmitResult, TrainingEvents } from '../../protocol/training';
import { predictImages, readImagesFor, readNetwork } from '../data/predictFile';

/** Predicts the test file with a run's kept weights and writes the submission. Throws where the files don't fit the run, and before all where the submission would replace a file of the data. */
export async function submit(job: SubmitJob, events: TrainingEvents, signal: AbortSignal): Promise<SubmitResult> {
  const network = await readNetwork(job.runFolder);
  const { run } = network;
  // Said now rather than after the prediction.
  const dataFolder = dataFolderOf(job.runFolder);
  const inputs = [trainFileOf(job.runFolder, run), job.testFile, job.sampleFile].filter(file => file !== undefined);
  if (job.outFile !== undefined) await requireOutFile(job.outFile, dataFolder, inputs);
  const images = await readImagesFor(run, job.testFile, events, signal);
  const { data } = images;
  const layout = await readSampleSubmission(job.sampleFile, {
    rowNumbers: data.rowNumbers,
    ids: data.ids,
    idsAreIndex: data.format.idsAreIndex,
  });
  const { probabilities, notes, seconds, engine } = await predictImages(job.runFolder, network, images, events, signal);

  const labels = argMax(probabilities, run.data.classes.length).map(index => run.data.classes[index]!);
  const unkept = await writePredictions(
    job.runFolder,
    'test',
    { rows: data.rowNumbers, labels: undefined, probabilities },
    { ...predictedFile(job.runFolder, job.testFile, data.fingerprint.full), ...predictionsEpoch(run.bestEpoch) },
  ).then(
    () => [],
    (error: unknown) => {
      if (!isReadOnly(error)) throw error;
      return [`The predictions are not kept with run ${run.id}, because its folder may only be read.`];
    },
  );
  const content = formatSubmission(labels, layout);
  const about = { rows: labels.length, notes: [...notes, ...layout.notes, ...unkept], seconds, engine };
  if (job.outFile === undefined) return { file: undefined, content: [...content].join(''), ...about };
  await writeFileAtomic(job.outFile, content);
  return { file: job.outFile, ...about };
}
