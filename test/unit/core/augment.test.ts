import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTransform, transformImage, type ImageTransform } from '../../../src/core/augment';
import { Random } from '../../../src/core/random';

const image = Uint8Array.from({ length: 25 }, (_, i) => (i * 73) % 256);

const still: ImageTransform = {
  rotation: 0,
  down: 0,
  across: 0,
  zoomDown: 1,
  zoomAcross: 1,
  shear: 0,
  knots: undefined,
  strokes: undefined,
};

function moved(move: Partial<ImageTransform>, side = 5, source = image): number[] {
  const target = new Float32Array(side * side);
  transformImage(source, 0, target, 0, side, 1, { ...still, ...move });
  return [...target];
}

describe('moving an image', () => {
  // From scipy 1.x: ndimage.affine_transform(x, M[:2, :2], M[:2, 2], order=1, mode='nearest') with Keras' matrix M.
  it("gives the pixels that scipy gives for Keras' matrix", () => {
    const expected = [
      65.3528, 86.7118, 137.9082, 174.6182, 169.0256, 181.6235, 124.8215, 170.4348, 157.1632, 112.905, 110.2529,
      104.0012, 139.1161, 138.3284, 202.8433, 165.3273, 213.7325, 145.9273, 86.7546, 114.1129, 199.4958, 219.0324,
      77.6041, 144.6583, 211.7124,
    ];
    const actual = moved({ rotation: 9, down: 0.4, across: -0.3, zoomDown: 1.08, zoomAcross: 0.93 });
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 3));
  });

  it('repeats the border', () => {
    const down = moved({ down: 1 });
    expect(down).toEqual([...image.slice(5), ...image.slice(20)]);
  });

  it('leaves an image alone when nothing moves', () => {
    expect(moved({})).toEqual([...image]);
  });

  it('leans about the centre, which stays', () => {
    const line = Uint8Array.from({ length: 81 }, (_, i) => (i % 9 === 4 ? 255 : 0));
    const leaning = moved({ shear: 30 }, 9, line);
    const at = (row: number): number =>
      leaning.slice(row * 9, row * 9 + 9).reduce((sum, value, column) => sum + value * column, 0) /
      leaning.slice(row * 9, row * 9 + 9).reduce((sum, value) => sum + value, 0);
    expect(at(4)).toBeCloseTo(4);
    // tan(30 degrees) a row, one way above and the other below.
    expect(at(2) - at(4)).toBeCloseTo(2 * Math.tan(Math.PI / 6), 1);
    expect(at(6) - at(4)).toBeCloseTo(-2 * Math.tan(Math.PI / 6), 1);
  });

  it('bends by its knots: all alike shift, one alone moves what is near', () => {
    const knots = new Float32Array(50);
    for (let i = 0; i < 50; i += 2) knots[i] = 1;
    expect(moved({ knots })).toEqual(moved({ down: 1 }));
    const corner = new Float32Array(50);
    corner[0] = 1;
    const bent = moved({ knots: corner });
    expect(bent[0]).toBe(image[5]);
    expect(bent.slice(1)).toEqual([...image.slice(1)]);
  });

  it('never leaves the range of the pixels, and stays within its own part of the batch', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.integer(), (source, seed) => {
        const target = new Float32Array(3 * 64).fill(-1);
        transformImage(
          source,
          0,
          target,
          64,
          8,
          1,
          drawTransform({ rotation: 30, zoom: 0.3, shift: 0.3, shear: 20, elastic: 2 }, 8, new Random(seed)),
        );
        const written = target.slice(64, 128);
        expect(Math.min(...written)).toBeGreaterThanOrEqual(Math.min(...source) - 1e-3);
        expect(Math.max(...written)).toBeLessThanOrEqual(Math.max(...source) + 1e-3);
        expect(target.slice(0, 64).every(value => value === -1) && target.slice(128).every(value => value === -1)).toBe(
          true,
        );
      }),
    );
  });

  it('draws within the bounds and reaches near them', () => {
    const moves = Array.from({ length: 2000 }, (_, i) =>
      drawTransform({ rotation: 10, zoom: 0.1, shift: 0.1 }, 28, new Random(2, 1, i)),
    );
    const most = (values: number[]): number => Math.max(...values.map(Math.abs));
    expect(most(moves.map(move => move.rotation))).toBeGreaterThan(9.9);
    expect(most(moves.map(move => move.rotation))).toBeLessThanOrEqual(10);
    expect(most(moves.map(move => move.down))).toBeCloseTo(2.8, 1);
    expect(most(moves.map(move => move.zoomAcross - 1))).toBeCloseTo(0.1, 2);
  });

  it('changes the strokes of this share of the images, as often to thicker as to thinner', () => {
    const strokes = Array.from(
      { length: 4000 },
      (_, i) =>
        drawTransform({ rotation: 0, zoom: 0, shift: 0, strokes: 0.5 }, 28, new Random(2, 1, i)).strokes ?? 'same',
    );
    const count = (kind: string): number => strokes.filter(drawn => drawn === kind).length;
    expect(count('thicker') / 4000).toBeCloseTo(0.25, 1);
    expect(count('thinner') / 4000).toBeCloseTo(0.25, 1);
  });

  it('transforms an image with the strokes that it was drawn', () => {
    const dot = Uint8Array.from({ length: 25 }, (_, i) => (i === 12 ? 200 : 0));
    const moved = new Float32Array(25);
    transformImage(dot, 0, moved, 0, 5, 1, { ...still, across: 1, strokes: 'thicker' });
    const inked = [...moved.keys()].filter(i => moved[i]! > 0);
    expect(inked).toEqual([5, 6, 7, 10, 11, 12, 15, 16, 17]);
    expect(moved[11]).toBe(200);
    expect(moved[10]).toBe(100);
  });

  it('draws in the order that seeds of saved runs mean', () => {
    const draws: [number, number][] = [];
    const random = { uniform: (low: number, high: number) => (draws.push([low, high]), high) } as unknown as Random;
    const bounds = { rotation: 10, zoom: 0.5, shift: 0.25, shear: 20, elastic: 2, strokes: 0.5 };
    const { knots } = drawTransform(bounds, 28, random);
    expect(draws.slice(0, 6)).toEqual([
      [-10, 10],
      [-0.25, 0.25],
      [-0.25, 0.25],
      [0.5, 1.5],
      [0.5, 1.5],
      [-20, 20],
    ]);
    expect(draws.slice(6, -1)).toEqual(Array.from(knots!, () => [-2, 2]));
    expect(draws.at(-1)).toEqual([0, 1]);
  });
});
