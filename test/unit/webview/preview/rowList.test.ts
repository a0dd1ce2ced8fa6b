import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allRows, lowerBound, someRows } from '../../../../webview/preview/rowList';

const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 })
  .map(rows => Uint32Array.from(rows).sort());

describe('the rows that a grid shows', () => {
  it('are found by their number, and the nearest one of those that are not among them', () => {
    fc.assert(
      fc.property(ascending, fc.integer({ min: 1, max: 70 }), (rows, row) => {
        const list = someRows(rows);
        expect(list.count).toBe(rows.length);
        expect(list.indexOf(row)).toBe(rows.indexOf(row));
        rows.forEach((each, index) => expect(list.rowAt(index)).toBe(each));
        if (rows.length === 0) return;
        const least = Math.min(...Array.from(rows, each => Math.abs(each - row)));
        // Of two the lower one.
        expect(list.rowAt(list.nearest(row))).toBe(rows.find(each => Math.abs(each - row) === least));
        expect(lowerBound(rows, row)).toBe(rows.filter(each => each < row).length);
      }),
    );
  });

  it('are all of the file without a filter, those still to be found included', () => {
    const list = allRows(256);
    expect([list.rowAt(0), list.indexOf(256), list.indexOf(257), list.indexOf(0), list.nearest(40_000)]).toEqual([
      1, 255, -1, -1, 39_999,
    ]);
  });
});
