import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { count } from '../../src/core/text';

interface ShowMoreProps {
  readonly shown: number;
  /** Items in total. */
  readonly total: number;
  /** "images", "rows". */
  readonly what: string;
  readonly testId: string;
  readonly onMore: () => void;
}

/** Says how much of a list is shown, with a button for more. Renders nothing for a list that fits from the start. */
export function ShowMore({ shown, total, what, testId, onMore }: ShowMoreProps): JSX.Element | null {
  const [pressed, setPressed] = useState(false);
  const words = useRef<HTMLSpanElement>(null);
  const all = shown >= total;
  // The last press removes the button, which would lose the focus.
  useEffect(() => {
    if (all && pressed) words.current?.focus();
  }, [all]);

  if (all && !pressed) return null;
  const onClick = (): void => {
    setPressed(true);
    onMore();
  };
  return (
    <div class="show-more">
      {!all && (
        <vscode-button appearance="secondary" data-testid={testId} onClick={onClick}>
          Show More
        </vscode-button>
      )}
      <span ref={words} tabIndex={-1} class="muted numbers" role="status">
        {all ? `All ${count(total)} ${what} shown` : `${count(shown)} of ${count(total)} ${what} shown`}
      </span>
    </div>
  );
}
