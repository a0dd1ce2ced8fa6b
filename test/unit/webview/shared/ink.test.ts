import { describe, expect, it } from 'vitest';
import { drawInk } from '../../../../webview/shared/ink';
import { layOutTile } from '../../../../webview/shared/tileLayout';

/** Grey levels of an RGBA picture, or '-' where nothing was drawn. */
function greys(rgba: Uint8ClampedArray): readonly (number | '-')[] {
  return Array.from({ length: rgba.length / 4 }, (_, i) => (rgba[i * 4 + 3] === 0 ? '-' : rgba[i * 4]!));
}

describe('ink', () => {
  it('draws 0 as white paper and full ink as black, and the other way round when inverted', () => {
    const rgba = new Uint8ClampedArray(4 * 4);
    const digit = { pixels: Uint8Array.of(0, 255, 51, 204), fullInk: 255 };
    drawInk(digit, { side: 2, scale: 1, left: 0 }, false, rgba, 2);
    expect(greys(rgba)).toEqual([255, 0, 204, 51]);
    drawInk(digit, { side: 2, scale: 1, left: 0 }, true, rgba, 2);
    expect(greys(rgba)).toEqual([0, 255, 51, 204]);
  });

  it('takes the full ink of the file, and more than that for full', () => {
    const rgba = new Uint8ClampedArray(4 * 4);
    drawInk({ pixels: Uint8Array.of(0, 8, 16, 17), fullInk: 16 }, { side: 2, scale: 1, left: 0 }, false, rgba, 2);
    expect(greys(rgba)).toEqual([255, 127, 0, 0]);
  });

  it('makes each pixel a square of the same size, at its place in the line', () => {
    const rgba = new Uint8ClampedArray(4 * 6 * 4);
    drawInk({ pixels: Uint8Array.of(0, 255, 255, 0), fullInk: 255 }, { side: 2, scale: 2, left: 1 }, false, rgba, 6);
    expect(greys(rgba)).toEqual([
      '-',
      255,
      255,
      0,
      0,
      '-',
      '-',
      255,
      255,
      0,
      0,
      '-',
      '-',
      0,
      0,
      255,
      255,
      '-',
      '-',
      0,
      0,
      255,
      255,
      '-',
    ]);
  });
});

describe('the layout of a tile', () => {
  it('puts images on whole device pixels whatever the screen', () => {
    for (const ratio of [1, 1.1, 1.25, 1.5, 1.75, 2, 3]) {
      for (const zoom of [1, 2, 3, 8]) {
        for (const part of Object.values(layOutTile(28, zoom, ratio, { width: 63, height: 18 })))
          expect(Number.isInteger(part)).toBe(true);
      }
    }
  });

  it('has room for the caption', () => {
    expect(layOutTile(8, 1, 1, { width: 63, height: 18 }).width).toBeGreaterThanOrEqual(63);
    expect(layOutTile(28, 4, 1, { width: 63, height: 18 }).width).toBe(28 * 4 + 12);
  });
});
