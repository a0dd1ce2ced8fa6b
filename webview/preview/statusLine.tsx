import type { JSX } from 'preact';

interface StatusLineProps {
  /** Of the row under the pointer, or else the active one. */
  readonly words: string | undefined;
}

/** Says which row the pointer or the keyboard is on, and what is known of it. */
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
