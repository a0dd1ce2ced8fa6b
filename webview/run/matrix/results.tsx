import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ValidationView } from '../../../src/protocol/runPanel';
import type { Choices } from '../choices';
import { ConfusionMatrix } from './confusionMatrix';
import type { ExampleFilter } from '../examples/exampleFilter';
import { MetricsTable } from '../metrics/metricsTable';

interface ResultsProps {
  /** Undefined before there is anything to show. */
  readonly view: ValidationView | undefined;
  /** The text until then. */
  readonly waiting: string;
  /** The labels of the classes. */
  readonly classes: readonly number[];
  readonly choices: Choices;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly onChoose: (change: Partial<Choices>) => void;
}

/** The confusion matrix, and beside it the metrics of each class. */
export function Results({ view, waiting, classes, choices, onFilter, onChoose }: ResultsProps): JSX.Element {
  // The panel redraws as the gallery scrolls and images arrive; a matrix may have thousands of cells.
  return useMemo(
    () => (
      <div class="columns results">
        <section aria-labelledby="confusion">
          <h2 id="confusion">Confusion matrix</h2>
          {view ? (
            <ConfusionMatrix
              confusion={view.confusion}
              classes={classes}
              filter={choices.filter}
              options={choices.matrix}
              onFilter={onFilter}
              onOptions={matrix => onChoose({ matrix })}
            />
          ) : (
            <p class="muted">{waiting}</p>
          )}
        </section>
        {view && (
          <section aria-labelledby="metrics">
            <h2 id="metrics">Metrics</h2>
            <MetricsTable
              confusion={view.confusion}
              classes={classes}
              filter={choices.filter}
              sort={choices.metrics}
              onFilter={onFilter}
              onSort={metrics => onChoose({ metrics })}
            />
          </section>
        )}
      </div>
    ),
    [view, waiting, classes, choices],
  );
}
