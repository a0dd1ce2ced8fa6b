import { describe, expect, it } from 'vitest';
import { inkBox, usualInkBox } from '../../../../src/training/data/inkBox';

/** An image with ink in some pixels. */
function image(side: number, ...inked: readonly (readonly [row: number, column: number])[]): number[] {
  return Array.from({ length: side * side }, (_, i) =>
    inked.some(([row, column]) => row * side + column === i) ? 9 : 0,
  );
}

describe('the box that ink fills', () => {
  it('is the median of the larger sides, blank images apart', () => {
    const pixels = Uint8Array.from(
      [image(6, [1, 1], [3, 2]), image(6), image(6, [0, 0], [0, 5]), image(6, [2, 1], [2, 4])].flat(),
    );
    expect(inkBox(pixels, 6)).toBe(4);
  });

  it('is that of MNIST where there is nothing to measure', () => {
    expect(usualInkBox(28)).toBe(20);
    expect(inkBox(new Uint8Array(28 * 28), 28)).toBe(20);
  });
});
