import { describe, expect, it } from 'vitest';
import { checkFilter, checkId, checkRange, checkRows } from '../../../../src/host/webview/checkRequests';

/** Anything at all, as a message may hold it. */
const any = (value: unknown): never => value as never;
const none = { label: undefined, predicted: undefined, outcome: undefined };

describe('what a preview asks for', () => {
  it('is taken as it is, and no more of it than fits', () => {
    expect(checkRange({ first: 1, count: 10_000 })).toEqual({ first: 1, count: 512 });
    expect(checkRows(Uint32Array.of(7, 3))).toEqual(Uint32Array.of(7, 3));
    expect(checkFilter({ filter: { label: 'unreadable', predicted: -1, outcome: 'right' }, source: 'a' })).toEqual({
      filter: { label: 'unreadable', predicted: -1, outcome: 'right' },
      source: 'a',
    });
  });

  it('is refused when it is something else', () => {
    for (const range of [
      { first: 0, count: 1 },
      { first: 1.5, count: 1 },
      { first: 1, count: NaN },
      { first: '1', count: 1 },
    ])
      expect(() => checkRange(any(range))).toThrow();
    for (const rows of [[1, 2], new Uint32Array(513).fill(1), Uint32Array.of(0), undefined])
      expect(() => checkRows(any(rows))).toThrow();
    for (const id of [undefined, 7, 'x'.repeat(1 << 16)]) expect(() => checkId(any(id))).toThrow();
    for (const change of [
      { label: 'x' },
      { label: 1.5 },
      { predicted: 2 ** 31 },
      { predicted: 'unreadable' },
      { outcome: 'maybe' },
    ])
      expect(() => checkFilter(any({ filter: { ...none, ...change }, source: undefined }))).toThrow();
    expect(() => checkFilter(any({ filter: none, source: 7 }))).toThrow();
  });
});
