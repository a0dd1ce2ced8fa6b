import type { ImagePage } from '../../src/protocol/panels';
import type { DigitPixels } from '../shared/ink';

/** Rows that are asked for at once. */
export const PAGE_ROWS = 256;
/** 64 pages of 28x28 images are 13 MB. */
const PAGES_KEPT = 64;
/** The rest waits, and is forgotten when the user scrolls on. */
const PAGES_UNDER_WAY = 2;

/** A row of the file: its image, or why there is none. */
export type PreviewRow =
  | { readonly digit: DigitPixels; readonly label: number | undefined }
  | { readonly problem: string };

interface Page {
  readonly rows: ReadonlyMap<number, PreviewRow>;
  /** How many rows were asked for: fewer than a page where the file, or what is known of it, ended. */
  readonly count: number;
}

export interface PageCacheOptions {
  readonly side: number;
  readonly fullInk: number;
  readonly fetch: (range: { readonly first: number; readonly count: number }) => Promise<ImagePage>;
  /** Rows came, or will not. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/** Rows of a file by page: fetched when they come into view, those seen least recently forgotten. Rows count from 1. */
export class PageCache {
  private readonly options: PageCacheOptions;
  /** In the order of their last use. */
  private readonly pages = new Map<number, Page>();
  private readonly underWay = new Set<number>();
  private queue: readonly number[] = [];
  private total = 0;

  constructor(options: PageCacheOptions) {
    this.options = options;
  }

  /** The row, once it came. */
  get(row: number): PreviewRow | undefined {
    return this.pages.get(pageOf(row))?.rows.get(row);
  }

  /** Fetches what is missing of the rows `first` to `last`, of `total` there are. What was wanted before no longer is. */
  want(first: number, last: number, total: number): void {
    this.total = total;
    const missing: number[] = [];
    for (let page = pageOf(first); page <= pageOf(last); page++) {
      const kept = this.pages.get(page);
      if (kept) {
        this.pages.delete(page);
        this.pages.set(page, kept);
      }
      if (this.isMissing(page)) missing.push(page);
    }
    this.queue = missing;
    this.pump();
  }

  private pump(): void {
    for (const page of this.queue) {
      if (this.underWay.size >= PAGES_UNDER_WAY) return;
      // It may have come since it was queued.
      if (!this.underWay.has(page) && this.isMissing(page)) void this.load(page);
    }
  }

  private async load(page: number): Promise<void> {
    const count = this.size(page);
    this.underWay.add(page);
    this.queue = this.queue.filter(waiting => waiting !== page);
    try {
      const images = await this.options.fetch({ first: page * PAGE_ROWS + 1, count });
      this.pages.delete(page);
      this.pages.set(page, { rows: this.rowsOf(images), count });
      for (const oldest of this.pages.keys()) {
        if (this.pages.size <= PAGES_KEPT) break;
        this.pages.delete(oldest);
      }
      this.options.changed();
    } catch (error) {
      this.options.failed(error);
    } finally {
      this.underWay.delete(page);
      this.pump();
    }
  }

  private isMissing(page: number): boolean {
    return (this.pages.get(page)?.count ?? 0) < this.size(page);
  }

  private size(page: number): number {
    return Math.min(PAGE_ROWS, this.total - page * PAGE_ROWS);
  }

  private rowsOf({ rows, labels, pixels, problems }: ImagePage): Map<number, PreviewRow> {
    const { side, fullInk } = this.options;
    const area = side * side;
    const found = new Map<number, PreviewRow>();
    rows.forEach((row, i) => found.set(row, { digit: { pixels: pixels.subarray(i * area, (i + 1) * area), fullInk }, label: labels?.[i] }));
    for (const { row, message } of problems) found.set(row, { problem: message });
    return found;
  }
}

function pageOf(row: number): number {
  return Math.floor((row - 1) / PAGE_ROWS);
}
