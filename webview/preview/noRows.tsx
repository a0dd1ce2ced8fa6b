import type { JSX } from 'preact';
import type { RowFiltering } from './useRowFilter';

interface NoRowsProps {
  readonly file: string;
  readonly filtering: RowFiltering;
}

/** Replaces the grid when there are no images to show. */
export function NoRows({ file, filtering }: NoRowsProps): JSX.Element {
  if (!filtering.filter) return <p class="waiting muted">{file} has a header and no rows.</p>;
  if (filtering.isLooking)
    return (
      <p class="no-rows muted" aria-busy="true">
        Looking for the rows that meet the filter…
      </p>
    );
  return (
    <div class="no-rows" data-testid="no-rows">
      <p>
        {filtering.matches
          ? `No row of ${file} meets the filter.`
          : 'The rows that meet the filter could not be found.'}
      </p>
      <vscode-button onClick={filtering.showAll}>Show All Rows</vscode-button>
    </div>
  );
}
