import { useMemo } from 'preact/hooks';
import { DigitsError } from '../../src/core/errors';
import type { ImagePage } from '../../src/protocol/imagePage';
import { sentenceOf } from '../shared/sentenceOf';
import type { DigitPixels } from '../shared/ink';
import type { PreviewFile } from './usePreviewFile';

/** Rows that are asked for at once, where they stand side by side in the file. */
export const PAGE_ROWS = 256;
/** Rows that are asked for at once where they lie apart in the file: the text between them is read too. */
const APART = 64;
/** 64 pages of 256 images of 28x28 are 13 MB. */
const PAGES_KEPT = 64;
/** The rest waits, and is forgotten when the user scrolls on. */
const PAGES_UNDER_WAY = 2;

/** A row of the file: its image, or why there is none. */
export type PreviewRow =
  { readonly digit: DigitPixels; readonly label: number | undefined } | { readonly problem: string };

interface Page {
  readonly rows: ReadonlyMap<number, PreviewRow>;
  /** How many rows were asked for: fewer than a page where the file, or what is known of it, ended. */
  readonly count: number;
}

export interface PageCacheOptions {
  readonly side: number;
  readonly fullInk: number;
  /** Rows of a page, where they are not {@link PAGE_ROWS}. */
  readonly pageRows?: number;
  /** The rows at the first places, where they came already. */
  readonly first?: ImagePage;
  /** The number that a row has in the file, where that is not its place in the list. */
  readonly rowAt?: (place: number) => number;
  /** Gives the rows at so many places, from a first one on. */
  readonly fetch: (range: { readonly first: number; readonly count: number }) => Promise<ImagePage>;
  /** Rows came, or will not. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Rows of a file by page: fetched when they come into view, those seen least recently forgotten. They are asked for by
 * their place in a list, from 1: the file itself, or the rows that meet a filter.
 */
export class PageCache {
  private readonly options: PageCacheOptions;
  /** In the order of their last use. */
  private readonly pages = new Map<number, Page>();
  private readonly underWay = new Set<number>();
  private queue: readonly number[] = [];
  private readonly pageRows: number;
  private total = 0;

  constructor(options: PageCacheOptions) {
    this.options = options;
    this.pageRows = options.pageRows ?? PAGE_ROWS;
    if (options.first) this.keep(0, options.first);
  }

  /** The row at a place, once it came. */
  get(place: number): PreviewRow | undefined {
    return this.pages.get(this.pageOf(place))?.rows.get(this.options.rowAt?.(place) ?? place);
  }

  /** Fetches what is missing of the places `first` to `last`, of `total` there are. What was wanted before no longer is. */
  want(first: number, last: number, total: number): void {
    this.total = total;
    const missing: number[] = [];
    for (let page = this.pageOf(first); page <= this.pageOf(last); page++) {
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
      this.keep(page, await this.options.fetch({ first: page * this.pageRows + 1, count }), count);
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

  private keep(page: number, images: ImagePage, count = images.rows.length + images.problems.length): void {
    this.pages.delete(page);
    this.pages.set(page, { rows: this.rowsOf(images), count });
  }

  private isMissing(page: number): boolean {
    return (this.pages.get(page)?.count ?? 0) < this.size(page);
  }

  private size(page: number): number {
    return Math.min(this.pageRows, this.total - page * this.pageRows);
  }

  private pageOf(place: number): number {
    return Math.floor((place - 1) / this.pageRows);
  }

  private rowsOf({ rows, labels, pixels, problems }: ImagePage): Map<number, PreviewRow> {
    const { side, fullInk } = this.options;
    const area = side * side;
    const found = new Map<number, PreviewRow>();
    rows.forEach((row, i) =>
      found.set(row, { digit: { pixels: pixels.subarray(i * area, (i + 1) * area), fullInk }, label: labels?.[i] }),
    );
    for (const { row, message } of problems) found.set(row, { problem: message });
    return found;
  }
}

/** The images of `rows`, or of all rows, fetched as they come into view. Those of all are kept while others are shown. */
export function useRowCache(
  { host, state, fail }: PreviewFile,
  rows: Uint32Array | undefined,
  changed: () => void,
): PageCache | undefined {
  const make = (options: Pick<PageCacheOptions, 'fetch' | 'first' | 'pageRows' | 'rowAt'>): PageCache | undefined =>
    state &&
    new PageCache({
      side: state.format.side,
      fullInk: state.fullInk,
      ...options,
      changed,
      failed: error => {
        // Of a file that is being reloaded: its rows are no longer wanted.
        if (!(error instanceof DigitsError && error.code === 'cancelled')) fail(sentenceOf(error));
      },
    });
  const all = useMemo(() => make({ first: state?.first, fetch: range => host.call('rows', range) }), [state]);
  const some = useMemo(
    () =>
      rows &&
      make({
        fetch: ({ first, count }) => host.call('images', rows.slice(first - 1, first - 1 + count)),
        pageRows: APART,
        rowAt: place => rows[place - 1]!,
      }),
    [state, rows],
  );
  return some ?? all;
}
