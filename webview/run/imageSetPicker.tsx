import type { JSX } from 'preact';
import type { Evaluation } from '../../src/core/run/evaluation';
import { count } from '../../src/core/text';
import type { RunPanelState } from '../../src/protocol/runPanel';
import { Dropdown } from '../shared/dropdown';
import { evaluationFacts, evaluationName } from './imageSet';

interface ImageSetPickerProps {
  readonly state: RunPanelState;
  /** Undefined: the validation set. */
  readonly evaluation: Evaluation | undefined;
  /** An evaluation's id; undefined for the validation set. */
  readonly onPick: (id: string | undefined) => void;
}

/** Chooses the images for accuracy, matrix and gallery, if there are evaluations. */
export function ImageSetPicker({
  state: { run, evaluations },
  evaluation,
  onPick,
}: ImageSetPickerProps): JSX.Element | null {
  if (evaluations.length === 0) return null;
  const { validationRows } = run.data;
  const options = [
    { value: '', name: `Validation set (${validationRows === 0 ? 'none' : count(validationRows)})` },
    ...evaluations.map(each => ({ value: each.id, name: evaluationName(each, evaluations) })),
  ];
  return (
    <section aria-labelledby="image-set" class="image-set">
      <h2 id="image-set">Images</h2>
      <Dropdown
        labelledBy="image-set"
        testId="image-set"
        value={evaluation?.id ?? ''}
        options={options}
        onPick={id => onPick(id === '' ? undefined : id)}
      />
      {evaluation && (
        <p class="muted facts">
          {evaluationFacts(evaluation, run).map(fact => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      )}
    </section>
  );
}
