import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withStrokes } from '../../../src/core/strokes';

const side = 6;
const images = fc.uint8Array({ minLength: side * side, maxLength: side * side });
/** The values of the 3 x 3 pixels about one, those that there are. */
function about(image: Uint8Array, at: number): number[] {
  const [row, column] = [Math.floor(at / side), at % side];
  return [...image].filter((_, i) => Math.abs(Math.floor(i / side) - row) <= 1 && Math.abs((i % side) - column) <= 1);
}

describe('strokes', () => {
  it('go half-way to the highest or the lowest pixel about each', () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 0, max: 9 }), (image, from) => {
        const source = new Uint8Array(from + image.length);
        source.set(image, from);
        const thicker = withStrokes(source, from, side, 'thicker');
        const thinner = withStrokes(source, from, side, 'thinner');
        for (const [i, value] of image.entries()) {
          expect(thicker[i]).toBe(Math.floor((value + Math.max(...about(image, i))) / 2));
          expect(thinner[i]).toBe(Math.floor((value + Math.min(...about(image, i))) / 2));
        }
      }),
    );
  });

  it('leave the image that they are made of as it is', () => {
    const source = Uint8Array.from({ length: side * side }, (_, i) => i);
    withStrokes(source, 0, side, 'thicker');
    expect(source).toEqual(Uint8Array.from({ length: side * side }, (_, i) => i));
  });
});
