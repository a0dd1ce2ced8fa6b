import type { JSX } from 'preact';
import type { LineStyle } from './chartModel';
import { markerPath } from './shapes';

/** A sample of a line, for legends. */
export function Swatch({ color, marker, dashed }: LineStyle): JSX.Element {
  return (
    <svg class="swatch" viewBox="0 0 26 10" aria-hidden="true" style={{ color: `var(--vscode-${color})` }}>
      <path d="M0 5H26" class={dashed ? 'line line-dashed' : 'line'} />
      <path d={markerPath(marker, 13, 5, 3.2)} class={dashed ? 'marker marker-hollow' : 'marker'} />
    </svg>
  );
}
