import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { probability } from '../probability';
import { bars, type Judged } from './bars';

/** The probability of each class, as a bar and a number; of many classes, only the most probable at first. */
export function ProbabilityBars({
  judged,
  classes,
}: {
  readonly judged: Judged;
  readonly classes: readonly number[];
}): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = bars(judged, all || undefined);
  return (
    <>
      <ul class="probabilities numbers" aria-label="Probabilities">
        {shown.map(({ index, probability: value, role }) => (
          <li key={index} class={role ? `is-${role}` : ''}>
            <strong>{classes[index]}</strong>
            <span class="probability-bar" aria-hidden="true">
              <span style={{ width: `${(value || 0) * 100}%` }} />
            </span>
            <span class="probability-number">{probability(value)}</span>
            <span class="role">{role}</span>
          </li>
        ))}
      </ul>
      {shown.length < classes.length && (
        <vscode-button appearance="secondary" onClick={() => setAll(true)}>
          Show All {classes.length} Classes
        </vscode-button>
      )}
    </>
  );
}
