import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellText,
  cellValues,
  describePlace,
  filterAt,
  heat,
  largestValue,
  nextPlace,
  type Place,
} from '../../../../../webview/run/matrix/confusionModel';

const confusion = [
  [90, 1, 0, 9],
  [0, 50, 0, 0],
  [0, 4, 60, 0],
  [2, 0, 0, 70],
];
const classes = [0, 2, 4, 9];

describe('the colours of a confusion matrix', () => {
  it('reach up to the largest number that is shown', () => {
    expect(largestValue(confusion, true)).toBe(90);
    expect(largestValue(confusion, false)).toBe(9);
    expect(largestValue(cellValues(confusion, true), true)).toBe(1);
    expect(largestValue(cellValues(confusion, true), false)).toBe(0.09);
    expect(largestValue([[5]], false)).toBe(0);
  });

  it('grow with the number, from none to all of the colour', () => {
    expect(heat(9, 9)).toBe(1);
    expect(heat(1, 9)).toBeCloseTo(1 / 3);
    expect(heat(0, 0)).toBe(0);
    expect(heat(undefined, 9)).toBe(0);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (a, b, most) => {
        const top = Math.max(a, b, most);
        expect(heat(Math.min(a, b), top)).toBeLessThanOrEqual(heat(Math.max(a, b), top));
      }),
    );
  });
});

describe('the numbers of a confusion matrix', () => {
  it('are counts, or shares of the true class, which has none where it has no images', () => {
    expect(cellValues(confusion, false)).toBe(confusion);
    expect(
      cellValues(
        [
          [3, 1],
          [0, 0],
        ],
        true,
      ),
    ).toEqual([
      [0.75, 0.25],
      [undefined, undefined],
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 20 }), row => {
        const [shares] = cellValues([row], true);
        if (row.some(value => value > 0))
          expect(shares!.reduce<number>((sum, share) => sum + share!, 0)).toBeCloseTo(1, 9);
        else expect(shares!.every(share => share === undefined)).toBe(true);
      }),
    );
  });

  it('never say that there is nothing where there is something, or all where something is missing', () => {
    expect(cellText(1234, false)).toBe('1,234');
    expect(cellText(undefined, true)).toBe('–');
    expect(cellText(0, true)).toBe('0');
    expect(cellText(1, true)).toBe('100');
    expect(cellText(0.5, true)).toBe('50.0');
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 100_000 })
          .chain(total => fc.tuple(fc.integer({ min: 1, max: total - 1 }), fc.constant(total))),
        ([part, total]) => {
          expect(cellText(part / total, true)).toMatch(/^(<0\.1|\d\d?\.\d)$/);
          expect(cellText(part / total, true)).not.toBe('0.0');
        },
      ),
    );
  });

  it('are told in words, with the labels of their classes', () => {
    expect(describePlace(confusion, classes, { label: 0, predicted: 3 })).toBe(
      'true 0, predicted 9: 9 images, 9.0 % of true 0',
    );
    expect(describePlace(confusion, classes, { label: 1, predicted: 1 })).toBe(
      'true 2, predicted 2: 50 images, 100 % of true 2, right',
    );
    expect(describePlace(confusion, classes, { label: 1, predicted: 0 })).toBe('true 2, predicted 0: 0 images');
    expect(describePlace(confusion, classes, { label: 0, predicted: -1 })).toBe('true 0: 100 images, 10 misclassified');
    expect(describePlace(confusion, classes, { label: -1, predicted: 1 })).toBe(
      'predicted 2: 55 images, 5 misclassified',
    );
  });
});

describe('choosing in a confusion matrix', () => {
  it('filters by cell, by row and by column, where there are mistakes to see', () => {
    expect(filterAt(confusion, { label: 0, predicted: 3 })).toEqual({ label: 0, predicted: 3 });
    expect(filterAt(confusion, { label: 0, predicted: -1 })).toEqual({ label: 0, predicted: undefined });
    expect(filterAt(confusion, { label: -1, predicted: 3 })).toEqual({ label: undefined, predicted: 3 });
    expect(filterAt(confusion, { label: 0, predicted: 0 })).toBeUndefined();
    expect(filterAt(confusion, { label: 0, predicted: 2 })).toBeUndefined();
  });

  it('goes a step an arrow key, headings included, and stops at the edges', () => {
    const from =
      (place: Place) =>
      (key: string, toEnd = false): Place | undefined =>
        nextPlace(place, key, toEnd, 4);
    const middle = from({ label: 1, predicted: 2 });
    expect(middle('ArrowLeft')).toEqual({ label: 1, predicted: 1 });
    expect(middle('ArrowRight')).toEqual({ label: 1, predicted: 3 });
    expect(middle('ArrowUp')).toEqual({ label: 0, predicted: 2 });
    expect(middle('ArrowDown')).toEqual({ label: 2, predicted: 2 });
    expect(middle('Home')).toEqual({ label: 1, predicted: -1 });
    expect(middle('End')).toEqual({ label: 1, predicted: 3 });
    expect(middle('Home', true)).toEqual({ label: 0, predicted: 0 });
    expect(middle('End', true)).toEqual({ label: 3, predicted: 3 });
    expect(middle('PageUp')).toEqual({ label: -1, predicted: 2 });
    expect(middle('PageDown')).toEqual({ label: 3, predicted: 2 });
    expect(middle('Enter')).toBeUndefined();
    expect(from({ label: 0, predicted: 0 })('ArrowUp')).toEqual({ label: -1, predicted: 0 });
    expect(from({ label: -1, predicted: 0 })('ArrowLeft')).toEqual({ label: -1, predicted: 0 });
    expect(from({ label: 0, predicted: -1 })('ArrowUp')).toEqual({ label: 0, predicted: -1 });
  });

  it('never leaves the matrix, nor gets into its corner, and comes back by the opposite key', () => {
    const keys = fc.constantFrom(
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'Home',
      'End',
    );
    const back: Readonly<Record<string, string>> = {
      ArrowLeft: 'ArrowRight',
      ArrowRight: 'ArrowLeft',
      ArrowUp: 'ArrowDown',
      ArrowDown: 'ArrowUp',
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.array(fc.tuple(keys, fc.boolean())), (size, pressed) => {
        let place: Place = { label: 0, predicted: 0 };
        for (const [key, toEnd] of pressed) {
          const next = nextPlace(place, key, toEnd, size)!;
          expect(next.label >= -1 && next.label < size && next.predicted >= -1 && next.predicted < size).toBe(true);
          expect(next.label === -1 && next.predicted === -1).toBe(false);
          const moved = next.label !== place.label || next.predicted !== place.predicted;
          if (moved && back[key]) expect(nextPlace(next, back[key], false, size)).toEqual(place);
          place = next;
        }
      }),
    );
  });
});
