import { describe, expect, it } from 'vitest';
import type { ImagePage } from '../../../../src/protocol/imagePage';
import { PAGE_ROWS, PageCache, type PageCacheOptions } from '../../../../webview/preview/pageCache';

/** A file of images of one pixel, whose value and label is the row number's remainder by 10; fetches wait until released. */
function setUp(problemRow?: number, options: Partial<PageCacheOptions> = {}) {
  const asked: { readonly first: number; readonly count: number }[] = [];
  const waiting: (() => void)[] = [];
  let changes = 0;
  const page = (first: number, count: number): ImagePage => {
    const rows = Array.from({ length: count }, (_, i) => first + i).filter(row => row !== problemRow);
    const values = rows.map(row => row % 10);
    const problems =
      problemRow !== undefined && problemRow >= first && problemRow < first + count
        ? [{ kind: 'pixel' as const, row: problemRow, line: problemRow + 1, message: 'bad' }]
        : [];
    return { rows: Uint32Array.from(rows), labels: Int32Array.from(values), pixels: Uint8Array.from(values), problems };
  };
  const cache = new PageCache({
    side: 1,
    fullInk: 255,
    fetch: range => {
      asked.push(range);
      return new Promise(resolve => waiting.push(() => resolve(page(range.first, range.count))));
    },
    changed: () => changes++,
    failed: error => {
      throw error;
    },
    ...options,
  });
  const release = async (): Promise<void> => {
    while (waiting.length > 0) {
      waiting.shift()!();
      await new Promise(resolve => setTimeout(resolve));
    }
  };
  return { cache, asked, release, changes: () => changes };
}

describe('the pages of a preview', () => {
  it('are fetched when their rows come into view, once', async () => {
    const { cache, asked, release, changes } = setUp();
    cache.want(1, 100, 42_000);
    cache.want(1, 100, 42_000);
    expect(asked).toEqual([{ first: 1, count: PAGE_ROWS }]);
    expect(cache.get(7)).toBeUndefined();
    await release();
    expect(changes()).toBe(1);
    expect(cache.get(7)).toEqual({ digit: { pixels: Uint8Array.of(7), fullInk: 255 }, label: 7 });
    cache.want(1, 100, 42_000);
    expect(asked).toHaveLength(1);
  });

  it('begin with the rows that came with the file, and ask only for what these lack', async () => {
    const rows = Uint32Array.of(1, 2, 4);
    const problems = [{ kind: 'pixel' as const, row: 3, line: 4, message: 'bad' }];
    const { cache, asked, release } = setUp(undefined, {
      first: { rows, labels: Int32Array.of(1, 2, 4), pixels: Uint8Array.of(1, 2, 4), problems },
    });
    cache.want(1, 4, 4);
    expect(asked).toEqual([]);
    expect(cache.get(4)).toEqual({ digit: { pixels: Uint8Array.of(4), fullInk: 255 }, label: 4 });
    expect(cache.get(3)).toEqual({ problem: 'bad' });
    // More of the file is known by now.
    cache.want(1, 100, 42_000);
    expect(asked).toEqual([{ first: 1, count: PAGE_ROWS }]);
    await release();
    expect(cache.get(5)).toEqual({ digit: { pixels: Uint8Array.of(5), fullInk: 255 }, label: 5 });
  });

  it('give the same object for a row each time, so that it is drawn once', async () => {
    const { cache, release } = setUp();
    cache.want(1, 10, 42_000);
    await release();
    expect(cache.get(3)).toBe(cache.get(3));
  });

  it('are forgotten before they were asked for when the user scrolls on', async () => {
    const { cache, asked, release } = setUp();
    cache.want(1, 4 * PAGE_ROWS, 42_000);
    cache.want(40_000, 40_100, 42_000);
    await release();
    expect(asked.map(({ first }) => Math.floor(first / PAGE_ROWS))).toEqual([0, 1, Math.floor(39_999 / PAGE_ROWS)]);
  });

  it('are fetched again when they were short because the file was not known yet', async () => {
    const { cache, asked, release } = setUp();
    cache.want(1, 100, 100);
    await release();
    cache.want(1, 100, 42_000);
    await release();
    expect(asked).toEqual([
      { first: 1, count: 100 },
      { first: 1, count: PAGE_ROWS },
    ]);
    expect(cache.get(200)).toBeDefined();
  });

  it('know the end of the file', async () => {
    const { cache, asked, release } = setUp();
    cache.want(500, 513, 513);
    await release();
    expect(asked).toEqual([
      { first: 257, count: 256 },
      { first: 513, count: 1 },
    ]);
  });

  it('hold the rows of a list by their places in it', async () => {
    // Every tenth row of the file.
    const asked: number[][] = [];
    const { cache, release } = setUp(undefined, {
      pageRows: 4,
      rowAt: place => place * 10,
      fetch: async ({ first, count }) => {
        const rows = Array.from({ length: count }, (_, i) => (first + i) * 10);
        asked.push(rows);
        return {
          rows: Uint32Array.from(rows),
          labels: Int32Array.from(rows),
          pixels: new Uint8Array(count),
          problems: [],
        };
      },
    });
    cache.want(4, 6, 6);
    await release();
    await new Promise(resolve => setTimeout(resolve));
    expect(asked).toEqual([
      [10, 20, 30, 40],
      [50, 60],
    ]);
    expect([1, 4, 5, 6].map(place => cache.get(place))).toMatchObject([10, 40, 50, 60].map(label => ({ label })));
    expect(cache.get(10)).toBeUndefined();
  });

  it('are kept by their use: of more than fit, those in view least recently are fetched again', async () => {
    const { cache, asked, release } = setUp();
    const pages = 70;
    const see = async (page: number): Promise<void> => {
      cache.want(page * PAGE_ROWS + 1, (page + 1) * PAGE_ROWS, 42_000);
      await release();
    };
    for (let page = 0; page < pages; page++) {
      await see(page);
      await see(0);
    }
    expect(asked).toHaveLength(pages);
    await see(0);
    await see(pages - 1);
    expect(asked).toHaveLength(pages);
    expect(cache.get(PAGE_ROWS + 1)).toBeUndefined();
    await see(1);
    expect(asked).toHaveLength(pages + 1);
  });

  it("tell which row can't be read", async () => {
    const { cache, release } = setUp(5);
    cache.want(1, 10, 10);
    await release();
    expect(cache.get(5)).toEqual({ problem: 'bad' });
    expect(cache.get(6)).toMatchObject({ label: 6 });
  });
});
