import type { JSX } from 'preact';
import { count } from '../../src/core/text';

interface ShowMoreProps {
  readonly shown: number;
  /** What there is to show. */
  readonly total: number;
  /** "images", "rows". */
  readonly what: string;
  readonly testId: string;
  readonly onMore: () => void;
}

/** Below a list that was cut off: how much of it is shown, and a button for more. Nothing below one that is whole. */
export function ShowMore({ shown, total, what, testId, onMore }: ShowMoreProps): JSX.Element | null {
  if (shown >= total) return null;
  return (
    <div class="show-more">
      <vscode-button appearance="secondary" data-testid={testId} onClick={onMore}>Show More</vscode-button>
      <span class="muted numbers" role="status">{count(shown)} of {count(total)} {what} shown</span>
    </div>
  );
}
