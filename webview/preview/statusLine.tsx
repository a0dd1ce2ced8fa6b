import type { JSX } from 'preact';
import { count } from '../../src/core/text';
import type { PreviewRow } from './pageCache';

/** A row in words: "Row 12, label 7". */
export function describeRow(row: number, value: PreviewRow | undefined, hasLabels: boolean): string {
  if (!value) return `Row ${count(row)}`;
  if ('problem' in value) return `Row ${count(row)} can't be read: ${value.problem}`;
  return hasLabels ? `Row ${count(row)}, label ${value.label}` : `Row ${count(row)}`;
}

interface StatusLineProps {
  /** Under the pointer, or else the active one. */
  readonly row: number | undefined;
  readonly value: PreviewRow | undefined;
  readonly hasLabels: boolean;
}

/** Says which row the pointer or the keyboard is on. */
export function StatusLine({ row, value, hasLabels }: StatusLineProps): JSX.Element {
  return (
    <footer class="status-line numbers" data-testid="preview-status">
      <span>{row === undefined ? 'Point at an image, or walk with the arrow keys, to see its row and label; Enter or a double click opens it.' : describeRow(row, value, hasLabels)}</span>
    </footer>
  );
}
