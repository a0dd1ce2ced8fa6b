import { linesInView, type LineRange } from './linesInView';
import { ScaledScroll } from './scaledScroll';

/** Pixels per wheel line, for deltas counted in lines. */
const WHEEL_LINE = 40;

/**
 * Computes which of many lines of one height are in view, and scrolls to lines. Keeps the offset into the whole list,
 * and maps it to the scroll bar if the list is taller than a browser can lay out.
 */
export class LineScroller {
  /** Called when the user scrolled. */
  onScroll: (() => void) | undefined;
  private readonly changed: () => void;
  private element: HTMLElement | null = null;
  private layer: HTMLElement | null = null;
  private scaled = new ScaledScroll(0, 0);
  private count = 0;
  private size = 1;
  private offset = 0;
  /** The scroll position set last: the event that reports it is not user input. */
  private written = 0;
  /** The lines drawn last. */
  private shown: LineRange = { first: 0, last: -1 };
  /** Height of the element, in pixels. */
  viewport = 0;

  /** `changed` is called when other lines come into view. */
  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** The lines to draw now, including some just outside the view. */
  takeLines(): readonly number[] {
    const { first, last } = (this.shown = this.inView());
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  }

  get top(): number {
    return this.offset;
  }

  /** The height of the scrolled content. */
  get height(): number {
    return new ScaledScroll(this.count * this.size, this.viewport).height;
  }

  /** Starts listening to `element`; `layer` holds the lines. Returns a function that stops it. */
  mount(element: HTMLElement, layer: HTMLElement): () => void {
    this.element = element;
    this.layer = layer;
    const onScroll = (): void => this.scrolled();
    const onWheel = (event: WheelEvent): void => this.wheeled(event);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    const measure = (): void => {
      this.viewport = element.offsetHeight;
      this.update();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
      observer.disconnect();
      this.element = this.layer = null;
    };
  }

  /**
   * Sets the number of lines and their height before drawing. Does not call `changed`, because the caller is drawing.
   */
  resize(count: number, size: number): void {
    this.count = count;
    this.size = size;
  }

  /** Called after each drawing: applies the new size, and positions the lines. */
  drawn(): void {
    this.scaled = new ScaledScroll(this.count * this.size, this.viewport);
    if (this.offset > this.scaled.maxOffset) this.scrollTo(this.offset);
    this.place();
  }

  /** Scrolls to an offset into the list, at once. */
  scrollTo(offset: number): void {
    this.offset = this.scaled.clamp(offset);
    if (this.element) {
      this.element.scrollTop = this.scaled.toScrollTop(this.offset);
      this.written = this.element.scrollTop;
    }
    this.update();
    this.place();
  }

  private scrolled(): void {
    const scrollTop = this.element?.scrollTop ?? 0;
    if (scrollTop === this.written) return;
    this.written = scrollTop;
    this.offset = this.scaled.toOffset(scrollTop);
    this.update();
    this.place();
    this.onScroll?.();
  }

  /** In a list taller than its scroll range, a turn of the wheel moves as far as in others. */
  private wheeled(event: WheelEvent): void {
    if (this.scaled.scale === 1 || event.ctrlKey) return;
    event.preventDefault();
    this.scrollTo(this.offset + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1));
    this.onScroll?.();
  }

  private inView(): LineRange {
    return linesInView(this.offset, this.viewport, this.size, this.count);
  }

  /** Requests a drawing if other lines came into view. */
  private update(): void {
    const { first, last } = this.inView();
    if (first !== this.shown.first || last !== this.shown.last) this.changed();
  }

  private place(): void {
    if (!this.layer || this.shown.last < this.shown.first) return;
    const ahead = this.scaled.scale === 1 ? 0 : Math.round(this.written - this.offset);
    this.layer.style.transform = `translateY(${this.shown.first * this.size + ahead}px)`;
  }
}
