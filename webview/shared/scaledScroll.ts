/** Browsers can't lay out elements taller than about 33 million pixels, some only half of that. */
export const TALLEST = 8_000_000;

/**
 * Maps the offset into a list of any height to the scroll position of an element of at most {@link TALLEST} pixels.
 * Both are equal if the list is not taller than that.
 */
export class ScaledScroll {
  /** The height of the element's content. */
  readonly height: number;
  /** List pixels per pixel of the scroll range. */
  readonly scale: number;
  readonly maxOffset: number;

  constructor(total: number, viewport: number) {
    this.height = Math.min(total, TALLEST);
    this.maxOffset = Math.max(0, total - viewport);
    const way = this.height - viewport;
    this.scale = way > 0 ? this.maxOffset / way : 1;
  }

  /** Maps a scroll position to an offset into the list. */
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
