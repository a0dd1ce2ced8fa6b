import type { JSX } from 'preact';
import type { RunConfig } from '../../../src/core/run/runRecord';
import type { ValidationView } from '../../../src/protocol/runPanel';
import { accuracyWords, confidenceWords } from './metricsModel';

interface AccuracyProps {
  readonly view: ValidationView;
  /** What the images are called: "4,200 validation images". */
  readonly totalName: string;
  readonly config: RunConfig;
}

/** How many of a set's images are right, between which bounds that is known, and how sure the network was. */
export function Accuracy({ view, totalName, config }: AccuracyProps): JSX.Element {
  const sure = confidenceWords(view.confidence, config);
  return (
    <section aria-labelledby="accuracy" class="accuracy numbers">
      <h2 id="accuracy">Accuracy</h2>
      <p role="status" data-testid="accuracy">
        {accuracyWords(view.confusion, totalName)}
      </p>
      {sure !== undefined && (
        <p class="muted" data-testid="confidence">
          {sure}
        </p>
      )}
    </section>
  );
}
