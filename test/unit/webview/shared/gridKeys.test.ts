import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTile, type GridShape } from '../../../../webview/shared/gridKeys';

// 0 1 2 3
// 4 5 6 7
// 8 9
const ten: GridShape = { count: 10, columns: 4, linesInView: 2, firstInView: 4 };

describe('keys in a grid', () => {
  it('go left, right, up and down', () => {
    expect(nextTile('ArrowRight', 3, ten)).toBe(4);
    expect(nextTile('ArrowLeft', 4, ten)).toBe(3);
    expect(nextTile('ArrowDown', 1, ten)).toBe(5);
    expect(nextTile('ArrowUp', 5, ten)).toBe(1);
  });

  it('stop at the edges', () => {
    expect(nextTile('ArrowLeft', 0, ten)).toBe(0);
    expect(nextTile('ArrowRight', 9, ten)).toBe(9);
    expect(nextTile('ArrowUp', 2, ten)).toBe(2);
    expect(nextTile('ArrowDown', 9, ten)).toBe(9);
  });

  it('keep to their column where the last line is short', () => {
    expect(nextTile('ArrowDown', 7, ten)).toBe(7);
    expect(nextTile('PageDown', 0, ten)).toBe(8);
    expect(nextTile('PageDown', 3, ten)).toBe(7);
    expect(nextTile('PageUp', 9, ten)).toBe(1);
  });

  it('go to the first and the last tile with Home and End', () => {
    expect(nextTile('Home', 6, ten)).toBe(0);
    expect(nextTile('End', 6, ten)).toBe(9);
  });

  it('begin with what is in view, or where they lead to from anywhere', () => {
    expect(nextTile('ArrowRight', -1, ten)).toBe(4);
    expect(nextTile('PageUp', -1, ten)).toBe(4);
    expect(nextTile('ArrowDown', -1, { ...ten, firstInView: 12 })).toBe(9);
    expect(nextTile('Home', -1, ten)).toBe(0);
    expect(nextTile('End', -1, ten)).toBe(9);
  });

  it('mean nothing otherwise', () => {
    expect(nextTile('a', 3, ten)).toBeUndefined();
    expect(nextTile('a', -1, ten)).toBeUndefined();
  });

  it('never leave the grid', () => {
    const shape = fc.record({
      count: fc.integer({ min: 1, max: 100 }),
      columns: fc.integer({ min: 1, max: 12 }),
      linesInView: fc.integer({ min: 1, max: 9 }),
      firstInView: fc.nat(100),
    });
    const key = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End');
    fc.assert(
      fc.property(shape, fc.nat(), key, (grid, start, pressed) => {
        const index = start % grid.count;
        const next = nextTile(pressed, index, grid)!;
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(grid.count);
        if (/Up|Down/.test(pressed)) expect(next % grid.columns).toBe(index % grid.columns);
      }),
    );
  });
});
