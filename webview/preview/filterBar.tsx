import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { count, plural } from '../../src/core/text';
import type { IndexProgress } from '../../src/protocol/imagePage';
import { Dropdown } from '../shared/dropdown';
import { ProgressBar } from '../shared/progressBar';
import { labelOptions, outcomeOptions, predictedOptions } from './filterModel';
import type { RowFiltering } from './useRowFilter';

interface FilterBarProps {
  readonly filtering: RowFiltering;
  readonly hasLabels: boolean;
  readonly index: IndexProgress;
  /** Share of the labels read, 0 to 1. */
  readonly labelShare: number;
  /** Focuses its first dropdown when it opens. */
  readonly takesFocus: boolean;
  /** Returns the focus to the images. */
  readonly onLeave: () => void;
}

/** Dropdowns that filter the rows, and the number of rows shown. */
export function FilterBar({
  filtering,
  hasLabels,
  index,
  labelShare,
  takesFocus,
  onLeave,
}: FilterBarProps): JSX.Element {
  const { choices, sources, source, predictions, note } = filtering;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) section.current?.querySelector<HTMLElement>('vscode-dropdown')?.focus();
  }, []);
  return (
    <section
      ref={section}
      class="filter-bar"
      aria-label="Filter"
      data-testid="filter-bar"
      onKeyDown={event => {
        // An open dropdown handles it first.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onLeave();
      }}
    >
      <div class="toolbar-line">
        {hasLabels && (
          <Dropdown
            label="Label"
            value={choices.label}
            options={labelOptions(filtering.labels, choices.label)}
            testId="filter-label"
            onPick={label => filtering.choose({ label })}
          />
        )}
        {source && sources && (
          <>
            {sources.length > 1 && (
              <Dropdown
                label="Predictions of"
                value={source.id}
                options={sources.map(({ id, name }) => ({ value: id, name }))}
                testId="filter-source"
                onPick={id => filtering.choose({ source: id })}
              />
            )}
            <Dropdown
              label="Predicted"
              value={choices.predicted}
              options={predictedOptions(predictions, choices.predicted)}
              testId="filter-predicted"
              onPick={predicted => filtering.choose({ predicted })}
            />
            {hasLabels && (
              <Dropdown
                label="Result"
                value={choices.outcome}
                options={outcomeOptions}
                testId="filter-outcome"
                onPick={outcome => filtering.choose({ outcome })}
              />
            )}
          </>
        )}
        <span class="numbers" role="status" data-testid="filter-count">
          {countWords(filtering, index)}
        </span>
        {filtering.filter && (
          <vscode-button appearance="secondary" data-testid="show-all-rows" onClick={filtering.showAll}>
            Show All Rows
          </vscode-button>
        )}
      </div>
      {sources && <p class="filter-facts muted">{predictionFacts(filtering, hasLabels)}</p>}
      {note && (
        <p
          class={note.isError ? 'toolbar-problem' : 'toolbar-note'}
          role={note.isError ? 'alert' : 'status'}
          data-testid="filter-note"
        >
          {note.text}
        </p>
      )}
      {filtering.isReadingLabels && <ProgressBar share={labelShare} label="Reading the labels of the file" />}
    </section>
  );
}

function countWords({ filter, matches, isLooking }: RowFiltering, { rows, share }: IndexProgress): string {
  const all = `${plural(rows, 'row')}${share < 1 ? ' so far' : ''}`;
  if (!filter) return `All ${all}`;
  if (isLooking) return 'Looking for the rows…';
  return matches ? `${count(matches.rows.length)} of ${all}` : '';
}

/** Names the run of the predictions, unless the dropdown does, and counts its rows. */
function predictionFacts({ sources, source, predictions }: RowFiltering, hasLabels: boolean): string {
  if (!source)
    return `No run has predictions for this file yet${hasLabels ? '' : '; write a submission to see them here'}.`;
  const name = sources?.length === 1 ? ` of ${source.name}` : '';
  return predictions ? `${plural(predictions.count, 'row has a prediction', 'rows have a prediction')}${name}.` : '';
}
