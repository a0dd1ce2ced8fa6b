import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occlusionGrid, type OcclusionMap } from '../../../../../src/core/occlusion';
import {
  attentionWords,
  colourOf,
  dropAt,
  dropWords,
  scaleOf,
} from '../../../../../webview/shared/inspector/attentionModel';
import { bars } from '../../../../../webview/shared/inspector/bars';
import { comparisonWords, distance, labelWords } from '../../../../../webview/shared/inspector/neighbourModel';
import { movePixel, pixelAt, pixelWords } from '../../../../../webview/shared/inspector/pixelCursor';
import { probability } from '../../../../../webview/shared/probability';

describe('the bars of an image', () => {
  it('are all classes in their order where they are few, the true and the predicted one named', () => {
    const result = bars({ label: 2, predicted: 0, probabilities: Float32Array.of(0.5, 0.25, 0.25) });
    expect(result.map(({ index, role }) => [index, role])).toEqual([
      [0, 'predicted'],
      [1, undefined],
      [2, 'true'],
    ]);
  });

  it('name one class where the network is right, and none as true where that is not known', () => {
    const probabilities = Float32Array.of(0.75, 0.25);
    expect(bars({ label: 0, predicted: 0, probabilities }).map(({ role }) => role)).toEqual(['correct', undefined]);
    expect(bars({ label: undefined, predicted: 0, probabilities }).map(({ role }) => role)).toEqual([
      'predicted',
      undefined,
    ]);
  });

  it('are the most probable ones where they are many, and always the true class, or all when asked', () => {
    const probabilities = Float32Array.from({ length: 47 }, (_, i) => i / 1000);
    const result = bars({ label: 3, predicted: 46, probabilities });
    expect(result).toHaveLength(11);
    expect(result[0]).toMatchObject({ index: 46, role: 'predicted' });
    expect(result.at(-1)).toMatchObject({ index: 3, role: 'true' });
    expect(bars({ label: 45, predicted: 46, probabilities })).toHaveLength(10);
    expect(bars({ label: 3, predicted: 46, probabilities }, true).map(({ index }) => index)).toEqual([
      ...probabilities.keys(),
    ]);
  });

  it('never say that what is possible is impossible, or what is unsure certain', () => {
    expect(probability(0)).toBe('0.00');
    expect(probability(0.001)).toBe('<0.01');
    expect(probability(0.999)).toBe('>0.99');
    expect(probability(1)).toBe('1.00');
    expect(probability(0.126)).toBe('0.13');
    expect(probability(NaN)).toBe('–');
  });
});

describe('the pixel cursor', () => {
  const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown');
  const pixels = fc
    .integer({ min: 1, max: 40 })
    .chain(side => fc.record({ side: fc.constant(side), row: fc.nat(side - 1), column: fc.nat(side - 1) }));

  it('begins in the middle', () => {
    for (const key of ['ArrowLeft', 'End'])
      expect(movePixel(key, false, undefined, 28)).toEqual({ row: 13, column: 13 });
  });

  it('moves by one, or to the end with Ctrl', () => {
    const from = { row: 4, column: 9 };
    expect(movePixel('ArrowLeft', false, from, 28)).toEqual({ row: 4, column: 8 });
    expect(movePixel('ArrowDown', false, from, 28)).toEqual({ row: 5, column: 9 });
    expect(movePixel('ArrowRight', true, from, 28)).toEqual({ row: 4, column: 27 });
    expect(movePixel('Home', true, from, 28)).toEqual({ row: 0, column: 0 });
    expect(movePixel('Tab', false, from, 28)).toBeUndefined();
  });

  it('never leaves the image', () => {
    fc.assert(
      fc.property(pixels, keys, fc.boolean(), ({ side, row, column }, key, ctrl) => {
        const to = movePixel(key, ctrl, { row, column }, side)!;
        expect([to.row >= 0, to.column >= 0, to.row < side, to.column < side]).toEqual([true, true, true, true]);
      }),
    );
  });

  it('is under the pointer, wherever in the pixel that is', () => {
    fc.assert(
      fc.property(pixels, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ side, row, column }, within) => {
        const width = side * 10;
        expect(pixelAt((column + within) * 10, (row + within) * 10, width, side)).toEqual({ row, column });
        expect(pixelAt(-1, 3, width, side)).toBeUndefined();
        expect(pixelAt(3, width, width, side)).toBeUndefined();
      }),
    );
  });

  it('reads off where it is, counted from one', () => {
    expect(pixelWords({ row: 7, column: 9 }, 127)).toBe('pixel row 8, column 10: 127');
  });
});

describe('what the network looked at', () => {
  const grid = occlusionGrid(28);
  const mapOf = (drops: Readonly<Record<number, number>>): OcclusionMap => {
    const all = new Float32Array(196);
    for (const [cell, drop] of Object.entries(drops)) all[Number(cell)] = drop;
    return { grid, predicted: 3, probability: 0.9, drops: all };
  };

  it('is told with numbers and places', () => {
    expect(attentionWords(mapOf({ 16: 0.42, 17: 0.3, 100: -0.0625 }), '3')).toBe(
      'Covered part by part, p(3) falls by up to 0.42. Most important: rows 3–4, columns 5–8. Elsewhere it rises by up to 0.06.',
    );
    expect(attentionWords(mapOf({ 16: 0.001 }), '3')).toBe(
      'Covered part by part, p(3) hardly falls: no part alone decides.',
    );
  });

  it('is drawn the stronger the more it matters, and nearly nothing faintly', () => {
    expect(scaleOf(mapOf({ 1: 0.2, 2: -0.4 }))).toBeCloseTo(0.4);
    expect(scaleOf(mapOf({ 1: 0.002 }))).toBe(0.05);
    expect(colourOf(0.2, 0.4).share).toBeCloseTo(0.5);
    expect(colourOf(-0.4, 0.4).rgb).not.toEqual(colourOf(0.4, 0.4).rgb);
    expect(colourOf(NaN, 0.4).share).toBe(0);
  });

  it('says of every pixel what covering the patch about it does', () => {
    expect(dropAt(mapOf({ 15: 0.5 }), { row: 2, column: 3 })).toBe(0.5);
    expect(dropAt(mapOf({ 15: 0.5 }), { row: 4, column: 3 })).toBe(0);
    expect(dropWords(0.31, '3')).toBe('p(3) falls by 0.31 when covered');
    expect(dropWords(-0.31, '3')).toBe('p(3) rises by 0.31 when covered');
    expect(dropWords(0.001, '3')).toBe('p(3) stays when covered');
  });
});

describe('the nearest training images', () => {
  it('are summed up by their labels', () => {
    expect(labelWords([3, 3, 8, 3, 5, 8, 3])).toBe('4 of 7 have the label 3, 2 the label 8, 1 the label 5.');
    expect(labelWords([3, 3])).toBe('All 2 have the label 3.');
    expect(labelWords([4, 3])).toBe('1 of 2 has the label 3, 1 the label 4.');
    expect(labelWords([])).toBe('There is no training image to compare with.');
  });

  it('say what they were found among, and what that costs', () => {
    expect(comparisonWords({ compared: 37_800, trainingRows: 37_800, features: 64, bytes: 39_312_000 })).toBe(
      'By cosine distance of the 64 numbers before the last layer, among 37,800 training images; they take 39.3 MB of memory for now.',
    );
    expect(comparisonWords({ compared: 100, trainingRows: 200, features: 6400, bytes: 1e6 })).toContain(
      'among 100 of 200 training images, as many as fit;',
    );
  });

  it('never have no distance where they have some', () => {
    expect(distance(0)).toBe('0.000');
    expect(distance(0.0001)).toBe('<0.001');
    expect(distance(0.0416)).toBe('0.042');
  });
});
