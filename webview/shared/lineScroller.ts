import { Virtualizer, observeElementRect, type VirtualItem, type VirtualizerOptions } from '@tanstack/virtual-core';
import { ScaledScroll } from './scaledScroll';

/** Pixels that a wheel's line comes to, where its delta is counted in lines. */
const WHEEL_LINE = 40;

/**
 * Says which of many lines of one height are in view, and scrolls to them. virtual-core works on offsets into the whole
 * list; this keeps that offset, and maps it to the scroll bar where the list is taller than a browser can lay out.
 */
export class LineScroller {
  /** Called when the user scrolled. */
  onScroll: (() => void) | undefined;
  private readonly changed: () => void;
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  private element: HTMLElement | null = null;
  private layer: HTMLElement | null = null;
  private scaled = new ScaledScroll(0, 0);
  private count = 0;
  private size = 1;
  private offset = 0;
  /** The scroll position that was set last: the event that reports it is no scrolling. */
  private written = 0;
  private report: ((offset: number, isScrolling: boolean) => void) | undefined;

  /** `changed` is called when other lines came into view. */
  constructor(changed: () => void) {
    this.changed = changed;
    this.virtualizer = new Virtualizer(this.options());
  }

  /** The lines to draw, those just out of view included. */
  get lines(): readonly VirtualItem[] {
    return this.virtualizer.getVirtualItems();
  }

  get top(): number {
    return this.offset;
  }

  get viewport(): number {
    return this.virtualizer.scrollRect?.height ?? 0;
  }

  /** The height of the content that scrolls. */
  get height(): number {
    return new ScaledScroll(this.count * this.size, this.viewport).height;
  }

  /** Begins to listen to `element`; `layer` holds the lines. Returns what ends that. */
  mount(element: HTMLElement, layer: HTMLElement): () => void {
    this.element = element;
    this.layer = layer;
    const onScroll = (): void => this.scrolled();
    const onWheel = (event: WheelEvent): void => this.wheeled(event);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    this.virtualizer._willUpdate();
    const unmount = this.virtualizer._didMount();
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
      unmount();
      this.element = this.layer = null;
    };
  }

  /** Takes over how many lines there are and how high each is, before they are asked for. Silent: the caller is drawing. */
  resize(count: number, size: number): void {
    if (this.count === count && this.size === size) return;
    const sizeChanged = this.size !== size;
    this.count = count;
    this.size = size;
    this.virtualizer.setOptions({ ...this.options(), onChange: () => undefined });
    if (sizeChanged) this.virtualizer.measure();
    this.virtualizer.setOptions(this.options());
  }

  /** Called after each drawing: takes over the measures that the drawing changed, and puts the lines in their place. */
  drawn(): void {
    this.scaled = new ScaledScroll(this.count * this.size, this.viewport);
    this.virtualizer._willUpdate();
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
    this.report?.(this.offset, false);
    this.place();
  }

  private scrolled(): void {
    const scrollTop = this.element?.scrollTop ?? 0;
    if (scrollTop === this.written) return;
    this.written = scrollTop;
    this.offset = this.scaled.toOffset(scrollTop);
    this.report?.(this.offset, false);
    this.place();
    this.onScroll?.();
  }

  /** A turn of the wheel moves as far in a list that is taller than its scroll bar can say. */
  private wheeled(event: WheelEvent): void {
    if (this.scaled.scale === 1 || event.ctrlKey) return;
    event.preventDefault();
    this.scrollTo(this.offset + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1));
    this.onScroll?.();
  }

  private place(): void {
    const first = this.lines[0];
    if (!this.layer || !first) return;
    const ahead = this.scaled.scale === 1 ? 0 : Math.round(this.written - this.offset);
    this.layer.style.transform = `translateY(${first.start + ahead}px)`;
  }

  private options(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { count, size } = this;
    return {
      count,
      estimateSize: () => size,
      overscan: 2,
      getScrollElement: () => this.element,
      observeElementRect,
      observeElementOffset: (_virtualizer, report) => {
        this.report = report;
        report(this.offset, false);
        return () => (this.report = undefined);
      },
      // Nothing asks virtual-core itself to scroll.
      scrollToFn: () => undefined,
      onChange: this.changed,
    };
  }
}
