import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inkFreeBorder } from '../../../../src/training/data/inkFreeBorder';

describe('the border without ink', () => {
  it('ends where any image has ink, on any side', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (side, images, x, y, image) => {
          const pixels = new Uint8Array(images * side * side);
          const row = y % side;
          const column = x % side;
          pixels[(image % images) * side * side + row * side + column] = 1;
          const nearest = Math.min(row, column, side - 1 - row, side - 1 - column);
          expect(inkFreeBorder(pixels, side)).toBe(Math.min(nearest, side >> 2));
        },
      ),
    );
  });

  it('is a quarter of the side at most, of blank images too', () => {
    expect(inkFreeBorder(new Uint8Array(28 * 28), 28)).toBe(7);
  });
});
