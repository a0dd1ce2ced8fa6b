import { count, plural } from '../text';
import type { Predictions, RunData } from './runRecord';

/** How a run's network did on the images of a labelled file. */
export interface Evaluation {
  /** Its name within the run: the same for the same file. */
  readonly id: string;
  /** Relative to the data set's folder, with slashes. */
  readonly file: string;
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** The epoch whose weights predicted. */
  readonly epoch: number;
  readonly images: number;
  readonly right: number;
  /** How many of the images the network was trained on; missing for runs and evaluations made before that was kept. */
  readonly trained?: number;
  /** What a person should know of the images, as full sentences. */
  readonly notes?: readonly string[];
}

/** Predictions whose labels are known. */
export type LabelledPredictions = Predictions & { readonly labels: Uint16Array };

/** What to be careful about in an evaluation of a run that was trained on `data`, as full sentences. */
export function evaluationNotes(
  { images, trained, notes, fingerprint }: Omit<Evaluation, 'id'>,
  data: Pick<RunData, 'fingerprint'>,
): readonly string[] {
  return [...(notes ?? []), ...trainedWords(images, trained, fingerprint === data.fingerprint)];
}

function trainedWords(images: number, trained: number | undefined, isTrainingFile: boolean): readonly string[] {
  const caution = 'so this says little of images that it has not seen.';
  if (trained === undefined)
    return isTrainingFile ? [`The network was trained on images of this very file, ${caution}`] : [];
  if (trained === 0) return [];
  const which = trained === images ? 'all' : count(trained);
  return [`The network was trained on ${which} of these ${plural(images, 'image')}, ${caution}`];
}
