import type { JSX } from 'preact';
import type { RunConfig } from '../../../src/core/run/runRecord';
import type { ValidationView } from '../../../src/protocol/runPanel';
import { accuracyWords, confidenceWords } from './metricsModel';

interface AccuracyProps {
  readonly view: ValidationView;
  /** The name of the images: "4,200 validation images". */
  readonly totalName: string;
  readonly config: RunConfig;
}

/** The accuracy on a set of images, its confidence interval, and the average confidence. */
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
