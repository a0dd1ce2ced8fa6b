import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesInView } from '../../../../webview/shared/linesInView';

describe('the lines to draw', () => {
  it('are those in view and two on either side', () => {
    expect(linesInView(0, 100, 30, 50)).toEqual({ first: 0, last: 5 });
    expect(linesInView(300, 90, 30, 50)).toEqual({ first: 8, last: 14 });
    expect(linesInView(301, 90, 30, 50)).toEqual({ first: 8, last: 15 });
    expect(linesInView(1410, 90, 30, 50)).toEqual({ first: 45, last: 49 });
  });

  it('are none while nothing is in view, or there are none', () => {
    expect(linesInView(0, 0, 30, 50)).toEqual({ first: 0, last: -1 });
    expect(linesInView(0, 100, 30, 0)).toEqual({ first: 0, last: -1 });
  });

  it('hold every line of which a pixel is in view', () => {
    const number = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(fc.nat(1e6), number(3000), number(500), number(1e5), (offset, viewport, size, count) => {
        const { first, last } = linesInView(offset, viewport, size, count);
        const top = Math.min(Math.floor(offset / size), count - 1);
        const bottom = Math.min(Math.floor((offset + viewport - 1) / size), count - 1);
        if (offset / size >= count) return;
        expect(first).toBeLessThanOrEqual(top);
        expect(last).toBeGreaterThanOrEqual(bottom);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(count);
      }),
    );
  });
});
