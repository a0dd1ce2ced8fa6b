/** Lines outside the view that are drawn ahead of scrolling. */
const OVERSCAN = 2;

/** A range of lines, both ends included; empty if `last` is below `first`. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** The lines to draw, of `count` lines of `size` pixels each, when `viewport` pixels are in view from `offset` on. */
export function linesInView(offset: number, viewport: number, size: number, count: number): LineRange {
  if (viewport <= 0) return { first: 0, last: -1 };
  const first = Math.floor(offset / size) - OVERSCAN;
  const last = Math.ceil((offset + viewport) / size) - 1 + OVERSCAN;
  return { first: Math.max(0, first), last: Math.min(count - 1, last) };
}
