import { useMemo } from 'preact/hooks';
import { DigitsError } from '../../src/core/errors';
import { sentenceOf } from '../shared/failure';
import { PageCache, type PageCacheOptions } from './pageCache';
import type { PreviewFile } from './usePreviewFile';

/** Rows that are asked for at once where they lie apart in the file: the text between them is read too. */
const APART = 64;

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
