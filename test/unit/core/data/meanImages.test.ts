import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanImages } from '../../../../src/core/data/meanImages';

describe('meanImages', () => {
  it('is the rounded mean of each class, pixel by pixel', () => {
    const made = fc.array(
      fc.record({
        index: fc.nat(4),
        pixels: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(made, fc.integer({ min: 1, max: 5 }), (images, classes) => {
        const means = meanImages(
          Uint8Array.from(images.flatMap(({ pixels }) => pixels)),
          Uint16Array.from(images, ({ index }) => index),
          classes,
          4,
        );
        const expected = Array.from({ length: classes }, (_, index) => {
          const own = images.filter(image => image.index === index);
          return [0, 1, 2, 3].map(i =>
            own.length === 0 ? 0 : Math.round(own.reduce((sum, { pixels }) => sum + pixels[i]!, 0) / own.length),
          );
        });
        expect([...means]).toEqual(expected.flat());
      }),
    );
  });
});
