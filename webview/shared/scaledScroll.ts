/** Browsers lay out nothing taller than some 33 million pixels, and some stop at half of it. */
export const TALLEST = 8_000_000;

/**
 * Maps the offset into a list of any height to the scroll position of an element of at most {@link TALLEST} pixels.
 * Where the list is not taller than that, they are the same.
 */
export class ScaledScroll {
  /** What the element's content is high. */
  readonly height: number;
  /** List pixels in a pixel of the scroll bar's way. */
  readonly scale: number;
  readonly maxOffset: number;

  constructor(total: number, viewport: number) {
    this.height = Math.min(total, TALLEST);
    this.maxOffset = Math.max(0, total - viewport);
    const way = this.height - viewport;
    this.scale = way > 0 ? this.maxOffset / way : 1;
  }

  /** The offset into the list at a scroll position. */
  toOffset(scrollTop: number): number {
    return this.clamp(scrollTop * this.scale);
  }

  toScrollTop(offset: number): number {
    return this.clamp(offset) / this.scale;
  }

  clamp(offset: number): number {
    return Math.min(this.maxOffset, Math.max(0, offset));
  }
}
