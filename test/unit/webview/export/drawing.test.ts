import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawingToImage, type Point, type Stroke } from '../../../../webview/export/drawing';

const paper = 280;
/** Centre of mass and the box that holds all ink. */
function measure(image: Float32Array, side: number): { readonly x: number; readonly y: number; readonly box: number } {
  const inked = [...image].flatMap((value, i) =>
    value > 0.05 ? [{ value, x: (i % side) + 0.5, y: Math.floor(i / side) + 0.5 }] : [],
  );
  const mass = inked.reduce((sum, { value }) => sum + value, 0);
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values) + 1;
  return {
    x: inked.reduce((sum, { value, x }) => sum + value * x, 0) / mass,
    y: inked.reduce((sum, { value, y }) => sum + value * y, 0) / mass,
    box: Math.max(spread(inked.map(({ x }) => x)), spread(inked.map(({ y }) => y))),
  };
}

const point: fc.Arbitrary<Point> = fc.record({
  x: fc.integer({ min: 10, max: 270 }),
  y: fc.integer({ min: 10, max: 270 }),
});
const drawings = fc.array(fc.array(point, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 });

describe('a drawing', () => {
  it('becomes an image whose longer side fills the box and whose mass is in the middle, as in MNIST', () => {
    const seven: Stroke = [
      { x: 40, y: 60 },
      { x: 120, y: 60 },
      { x: 70, y: 180 },
    ];
    const { x, y, box } = measure(drawingToImage([seven], paper, 28, 20), 28);
    expect(x).toBeCloseTo(14, 0);
    expect(y).toBeCloseTo(14, 0);
    expect(box).toBeGreaterThanOrEqual(20);
    expect(box).toBeLessThanOrEqual(22);
  });

  it('gives the same image wherever and however large it is drawn', () => {
    const large: Stroke = [
      { x: 20, y: 20 },
      { x: 180, y: 20 },
      { x: 100, y: 260 },
    ];
    const small = large.map(({ x, y }) => ({ x: x / 3 + 100, y: y / 3 + 30 }));
    const images = [large, small].map(stroke => drawingToImage([stroke], paper, 28, 20));
    images[0]!.forEach((value, i) => expect(value).toBeCloseTo(images[1]![i]!, 3));
  });

  it('keeps a dot small, and is blank where nothing was drawn', () => {
    expect(measure(drawingToImage([[{ x: 30, y: 200 }]], paper, 28, 20), 28).box).toBeLessThan(6);
    expect(drawingToImage([], paper, 28, 20)).toEqual(new Float32Array(784));
  });

  it('stays between paper and ink, and on the image, on any side', () => {
    fc.assert(
      fc.property(drawings, fc.constantFrom(8, 28, 64), (strokes, side) => {
        const image = drawingToImage(strokes, paper, side, Math.round((side * 20) / 28));
        expect(image).toHaveLength(side * side);
        expect(image.every(value => value >= 0 && value <= 1)).toBe(true);
        expect(image.some(value => value > 0.25)).toBe(true);
      }),
    );
  });
});
