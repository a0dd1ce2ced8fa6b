import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Evaluation } from '../../src/core/run/evaluation';
import { count } from '../../src/core/text';
import type { RunPanelState } from '../../src/protocol/panels';
import type { DropdownElement } from '../shared/ui';
import { accuracyWords, evaluationFacts, evaluationName } from './imageSet';

interface ImageSetPickerProps {
  readonly state: RunPanelState;
  /** Undefined: the validation set. */
  readonly evaluation: Evaluation | undefined;
  /** An evaluation's id; undefined for the validation set. */
  readonly onPick: (id: string | undefined) => void;
}

/** Which images matrix and gallery are about, where there are more than those of the validation set. */
export function ImageSetPicker({ state, evaluation, onPick }: ImageSetPickerProps): JSX.Element | null {
  const { run, evaluations, validation } = state;
  const value = evaluation?.id ?? '';
  const dropdown = useRef<DropdownElement>(null);
  // The element takes a value only once its options are there.
  useEffect(() => {
    if (dropdown.current && dropdown.current.value !== value) dropdown.current.value = value;
  });
  if (evaluations.length === 0) return null;
  const right = evaluation ? evaluation.right : run.data.validationRows - (validation?.misclassified.rows.length ?? 0);
  return (
    <section aria-labelledby="image-set" class="image-set">
      <h2 id="image-set">Images</h2>
      <div class="image-set-line">
        <vscode-dropdown
          ref={dropdown}
          aria-labelledby="image-set"
          data-testid="image-set"
          onChange={event => {
            const picked = event.currentTarget.value;
            if (picked !== value) onPick(picked === '' ? undefined : picked);
          }}
        >
          <vscode-option value="">Validation set ({run.data.validationRows === 0 ? 'none' : count(run.data.validationRows)})</vscode-option>
          {evaluations.map(each => (
            <vscode-option key={each.id} value={each.id}>{evaluationName(each, evaluations)}</vscode-option>
          ))}
        </vscode-dropdown>
        <span class="numbers" role="status" data-testid="image-set-accuracy">
          {(evaluation ?? validation) && accuracyWords(evaluation?.images ?? run.data.validationRows, right)}
        </span>
      </div>
      {evaluation && <p class="muted facts">{evaluationFacts(evaluation, run).map(fact => <span key={fact}>{fact}</span>)}</p>}
    </section>
  );
}
