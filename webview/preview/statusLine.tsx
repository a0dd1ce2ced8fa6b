import type { JSX } from 'preact';

interface StatusLineProps {
  /** Describes the row under the pointer, or else the active row. */
  readonly words: string | undefined;
}

/** Describes the row under the pointer or the keyboard cursor. */
export function StatusLine({ words }: StatusLineProps): JSX.Element {
  return (
    <footer class="status-line numbers" data-testid="preview-status">
      <span>
        {words ??
          'Point at an image, or walk with the arrow keys, to see its row and label; Enter or a double click opens it.'}
      </span>
    </footer>
  );
}
