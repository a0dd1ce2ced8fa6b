import { useMemo } from 'preact/hooks';
import { DigitsError } from '../../src/core/errors';
import { Lru } from '../../src/core/lru';
import type { ImagePage } from '../../src/protocol/imagePage';
import { sentenceOf } from '../shared/sentenceOf';
import type { DigitPixels } from '../shared/ink';
import type { PreviewFile } from './usePreviewFile';

/** Rows per page of consecutive rows. */
export const PAGE_ROWS = 256;
/** Rows per page of scattered rows: the text between them is read too. */
const APART = 64;
/** 64 pages of 256 images of 28x28 are 13 MB. */
const PAGES_KEPT = 64;
/** Pages beyond these wait, and are dropped when the user scrolls on. */
const PAGES_UNDER_WAY = 2;

/** A row of the file: its image, or why it has none. */
export type PreviewRow =
  { readonly digit: DigitPixels; readonly label: number | undefined } | { readonly problem: string };

interface Page {
  readonly rows: ReadonlyMap<number, PreviewRow>;
  /** Rows requested: less than a page at the end of the file, or of its known part. */
  readonly count: number;
}

export interface PageCacheOptions {
  readonly side: number;
  readonly fullInk: number;
  /** Rows per page; {@link PAGE_ROWS} by default. */
  readonly pageRows?: number;
  /** The rows at the first places, if already here. */
  readonly first?: ImagePage;
  /** Maps a place in the list to a row number; the same by default. */
  readonly rowAt?: (place: number) => number;
  /** Fetches the rows at `count` places from `first` on. */
  readonly fetch: (range: { readonly first: number; readonly count: number }) => Promise<ImagePage>;
  /** Called when rows arrived. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Caches the rows of a file by page. Fetches pages as they come into view, and drops the least recently used. Rows are
 * addressed by their place in a list, from 1: the file itself, or the rows that match a filter.
 */
export class PageCache {
  private readonly options: PageCacheOptions;
  private readonly pages = new Lru<number, Page>();
  private readonly underWay = new Set<number>();
  private queue: readonly number[] = [];
  private readonly pageRows: number;
  private total = 0;

  constructor(options: PageCacheOptions) {
    this.options = options;
    this.pageRows = options.pageRows ?? PAGE_ROWS;
    if (options.first) this.keep(0, options.first);
  }

  /** The row at a place, once it arrived. */
  get(place: number): PreviewRow | undefined {
    return this.pages.get(this.pageOf(place))?.rows.get(this.options.rowAt?.(place) ?? place);
  }

  /** Fetches what is missing of the places `first` to `last`, of `total`. Replaces what was wanted before. */
  want(first: number, last: number, total: number): void {
    this.total = total;
    const missing: number[] = [];
    for (let page = this.pageOf(first); page <= this.pageOf(last); page++) {
      this.pages.use(page);
      if (this.isMissing(page)) missing.push(page);
    }
    this.queue = missing;
    this.pump();
  }

  private pump(): void {
    for (const page of this.queue) {
      if (this.underWay.size >= PAGES_UNDER_WAY) return;
      // It may have arrived since it was queued.
      if (!this.underWay.has(page) && this.isMissing(page)) void this.load(page);
    }
  }

  private async load(page: number): Promise<void> {
    const count = this.size(page);
    this.underWay.add(page);
    this.queue = this.queue.filter(waiting => waiting !== page);
    try {
      this.keep(page, await this.options.fetch({ first: page * this.pageRows + 1, count }), count);
      this.pages.trim(PAGES_KEPT);
      this.options.changed();
    } catch (error) {
      this.options.failed(error);
    } finally {
      this.underWay.delete(page);
      this.pump();
    }
  }

  private keep(page: number, images: ImagePage, count = images.rows.length + images.problems.length): void {
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

/**
 * The images of `rows`, or of all rows, fetched as they come into view. Those of all rows are kept while a filter is
 * active.
 */
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
        // The file is being reloaded: these rows are no longer wanted.
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
