import { evaluationNotes, type Evaluation } from '../../src/core/run/evaluation';
import { count, dayAndTime, plural } from '../../src/core/text';
import type { EvaluationView, RunPanelState, ValidationView } from '../../src/protocol/runPanel';

/** The images of matrix and gallery: the validation set, or those of an evaluated file. */
export interface ImageSet {
  /** The id of the evaluation; undefined for the validation set. */
  readonly evaluation: string | undefined;
  /** Undefined before there is anything to show. */
  readonly view: ValidationView | undefined;
  readonly images: number;
  /** "4,200 validation images". */
  readonly name: string;
  readonly imagesNote: string | undefined;
}

/** The chosen set; the view of an evaluation is undefined until it arrived. */
export function imageSet(
  state: RunPanelState,
  evaluation: Evaluation | undefined,
  view: EvaluationView | undefined,
): ImageSet {
  if (!evaluation) {
    const images = state.run.data.validationRows;
    return {
      evaluation: undefined,
      view: state.validation,
      images,
      name: plural(images, 'validation image'),
      imagesNote: state.imagesNote,
    };
  }
  const { id, images, file } = evaluation;
  return {
    evaluation: id,
    view,
    images,
    name: `${plural(images, 'image')} of ${baseName(file)}`,
    imagesNote: view?.imagesNote,
  };
}

/** The name of an evaluation in the list of sets: its file, with the folder if another has the same name. */
export function evaluationName({ file, images }: Evaluation, all: readonly Evaluation[]): string {
  const sameName = all.filter(other => baseName(other.file) === baseName(file)).length > 1;
  return `${sameName ? file : baseName(file)} (${count(images)})`;
}

/** The date of an evaluation, its weights, and warnings. */
export function evaluationFacts(evaluation: Evaluation, { data }: RunPanelState['run']): readonly string[] {
  const { created, epoch } = evaluation;
  return [`evaluated ${dayAndTime(created)} with the weights of epoch ${epoch}`, ...evaluationNotes(evaluation, data)];
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
