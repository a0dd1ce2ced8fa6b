import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coverImage,
  mostImportant,
  occlusionGrid,
  occlusionMap,
  patchOf,
  type OcclusionMap,
} from '../../../src/core/occlusion';

const sides = fc.integer({ min: 2, max: 64 });

describe('the occlusion grid', () => {
  it('covers an eighth of the side of an MNIST image, and half of the patch before', () => {
    const grid = occlusionGrid(28);
    expect(grid).toEqual({ side: 28, cell: 2, margin: 1, cells: 14 });
    expect(patchOf(grid, 15)).toEqual({ top: 2, bottom: 5, left: 2, right: 5 });
    expect(patchOf(grid, 0)).toEqual({ top: 1, bottom: 3, left: 1, right: 3 });
  });

  it('reaches every pixel of images of any side, and none beside them', () => {
    fc.assert(
      fc.property(sides, side => {
        const grid = occlusionGrid(side);
        const reached = new Uint8Array(side * side);
        for (let cell = 0; cell < grid.cells ** 2; cell++) {
          const { top, bottom, left, right } = patchOf(grid, cell);
          expect([top >= 1, left >= 1, bottom <= side, right <= side]).toEqual([true, true, true, true]);
          for (let row = top; row <= bottom; row++)
            reached.fill(1, (row - 1) * side + left - 1, (row - 1) * side + right);
        }
        expect(reached.every(value => value === 1)).toBe(true);
      }),
    );
  });

  it('gives a copy for each patch with ink, in which that patch alone is paper', () => {
    const images = fc
      .integer({ min: 2, max: 12 })
      .chain(side =>
        fc.tuple(fc.constant(side), fc.uint8Array({ minLength: side ** 2, maxLength: side ** 2, max: 3 })),
      );
    fc.assert(
      fc.property(images, ([side, drawn]) => {
        const image = drawn.map(value => (value === 3 ? 200 : 0));
        const before = image.slice();
        const grid = occlusionGrid(side);
        const { cells, pixels } = coverImage(image, grid);
        expect(image).toEqual(before);
        for (let cell = 0; cell < grid.cells ** 2; cell++) {
          const { top, bottom, left, right } = patchOf(grid, cell);
          const expected = image.map((value, i) => {
            const [row, column] = [Math.floor(i / side) + 1, (i % side) + 1];
            return row >= top && row <= bottom && column >= left && column <= right ? 0 : value;
          });
          const at = cells.indexOf(cell);
          if (at < 0) expect(expected).toEqual(image);
          else expect(pixels.subarray(at * side ** 2, (at + 1) * side ** 2)).toEqual(expected);
          expect(at < 0).toBe(expected.every((value, i) => value === image[i]));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the occlusion map', () => {
  const grid = occlusionGrid(28);

  it('says how the probability of the predicted class falls, and nothing of patches without ink', () => {
    const map = occlusionMap(grid, [3, 5], Float32Array.of(0.25, 0.75), Float32Array.of(0.5, 0.5, 0.125, 0.875));
    expect(map).toMatchObject({ predicted: 1, probability: 0.75 });
    expect([map.drops[3], map.drops[5], map.drops[4]]).toEqual([0.25, -0.125, 0]);
    expect(map.drops).toHaveLength(196);
  });

  const drawn = (drops: Readonly<Record<number, number>>): OcclusionMap => {
    const all = new Float32Array(196);
    for (const [cell, drop] of Object.entries(drops)) all[Number(cell)] = drop;
    return { grid, predicted: 0, probability: 1, drops: all };
  };

  it('names the part that matters most, with what joins it and costs half as much', () => {
    const at = (row: number, column: number): number => row * 14 + column;
    const map = drawn({
      [at(4, 5)]: 0.4,
      [at(4, 6)]: 0.25,
      [at(5, 6)]: 0.2,
      [at(6, 6)]: 0.1,
      [at(0, 0)]: 0.39,
      [at(4, 4)]: -0.5,
    });
    expect(mostImportant(map)).toEqual({ top: 9, bottom: 12, left: 11, right: 14 });
  });

  it("does not take the end of a line for the neighbour of the next one's start", () => {
    expect(mostImportant(drawn({ 13: 0.3, 14: 0.3 }))).toEqual({ top: 1, bottom: 2, left: 27, right: 28 });
  });

  it('names no part where none matters, or where the network says nothing', () => {
    expect(mostImportant(drawn({ 3: 0.004, 9: -0.3 }))).toBeUndefined();
    expect(mostImportant({ ...drawn({}), drops: new Float32Array(196).fill(NaN) })).toBeUndefined();
  });
});
