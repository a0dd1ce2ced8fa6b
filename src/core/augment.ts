import type { Random } from './random';
import { withStrokes, type Strokes } from './strokes';

/** Bounds of the random transforms of training images; each is drawn between minus and plus its bound. */
export interface Augmentation {
  /** Degrees. */
  readonly rotation: number;
  /** Share of the size; width and height are drawn separately. */
  readonly zoom: number;
  /** Share of the side; across and down are drawn separately. */
  readonly shift: number;
  /** Degrees by which vertical strokes lean. */
  readonly shear?: number;
  /** Pixels of an elastic distortion: each part of the image moves by its own distance. */
  readonly elastic?: number;
  /** Share of the images whose strokes are made thicker (half of them) or thinner. */
  readonly strokes?: number;
}

/** Copies one image unchanged: `size` bytes from `from`, divided by the value of full ink, to `to`. */
export function copyImage(
  source: Uint8Array,
  from: number,
  target: Float32Array,
  to: number,
  size: number,
  ink: number,
): void {
  for (let i = 0; i < size; i++) target[to + i] = source[from + i]! / ink;
}

/** A change of strokes, then an affine transform and an elastic distortion: angles in degrees, shifts in pixels, zooms as factors (above 1 shrinks). */
export interface ImageTransform {
  readonly rotation: number;
  readonly down: number;
  readonly across: number;
  readonly zoomDown: number;
  readonly zoomAcross: number;
  readonly shear: number;
  /** Displacements in pixels at the knots of a square grid, [row, column, down and across]. */
  readonly knots: Float32Array | undefined;
  readonly strokes: Strokes | undefined;
}

/** Knots along a side of the grid: far enough apart that strokes bend and do not break. */
const knotsPerSide = 5;

/**
 * Draws a transform within the bounds. The order is part of what a seed means: rotation, shifts, zooms, shear, knots, strokes. (Keras
 * 2, in ImageDataGenerator.get_random_transform, draws the shear before the zooms.)
 */
export function drawTransform(by: Augmentation, side: number, random: Random): ImageTransform {
  const { shear = 0, elastic = 0, strokes = 0 } = by;
  return {
    rotation: random.uniform(-by.rotation, by.rotation),
    down: random.uniform(-by.shift, by.shift) * side,
    across: random.uniform(-by.shift, by.shift) * side,
    zoomDown: random.uniform(1 - by.zoom, 1 + by.zoom),
    zoomAcross: random.uniform(1 - by.zoom, 1 + by.zoom),
    shear: shear > 0 ? random.uniform(-shear, shear) : 0,
    knots:
      elastic > 0
        ? Float32Array.from({ length: 2 * knotsPerSide ** 2 }, () => random.uniform(-elastic, elastic))
        : undefined,
    strokes: strokes > 0 ? drawStrokes(strokes, random.uniform(0, 1)) : undefined,
  };
}

function drawStrokes(share: number, drawn: number): Strokes | undefined {
  if (drawn >= share) return undefined;
  return drawn < share / 2 ? 'thicker' : 'thinner';
}

/**
 * Writes one transformed image: bilinear, the border repeated, as Keras' ImageDataGenerator does it (apply_affine_transform,
 * order 1, fill "nearest").
 *
 * @param source side*side bytes from `from`
 * @param target side*side numbers from `to`, each multiplied by `scale`
 */
export function transformImage(
  source: Uint8Array,
  from: number,
  target: Float32Array,
  to: number,
  side: number,
  scale: number,
  transform: ImageTransform,
): void {
  if (transform.strokes) {
    source = withStrokes(source, from, side, transform.strokes);
    from = 0;
  }
  const angle = (transform.rotation * Math.PI) / 180;
  const { down, across, zoomDown, zoomAcross, knots } = transform;
  // In single precision: JavaScript engines differ in the last bits of sine and cosine, and runs must not.
  const cos = Math.fround(Math.cos(angle));
  const sin = Math.fround(Math.sin(angle));
  const lean = Math.fround(Math.tan((transform.shear * Math.PI) / 180));

  // The affine matrix, rotation x shift x shear x zoom about the centre, maps a target pixel to its place in the source.
  const centre = side / 2 - 0.5;
  const yy = cos * zoomDown - sin * lean * zoomDown;
  const yx = -sin * zoomAcross;
  const xy = sin * zoomDown + cos * lean * zoomDown;
  const xx = cos * zoomAcross;
  const y0 = cos * down - sin * across - yy * centre - yx * centre + centre;
  const x0 = sin * down + cos * across - xy * centre - xx * centre + centre;

  const last = side - 1;
  const perPixel = (knotsPerSide - 1) / Math.max(last, 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let y = yy * row + yx * column + y0;
      let x = xy * row + xx * column + x0;
      if (knots) {
        y += between(knots, row * perPixel, column * perPixel, 0);
        x += between(knots, row * perPixel, column * perPixel, 1);
      }
      y = y < 0 ? 0 : y > last ? last : y;
      x = x < 0 ? 0 : x > last ? last : x;
      const top = y | 0;
      const left = x | 0;
      const fy = y - top;
      const fx = x - left;
      const upper = from + top * side;
      const lower = top < last ? upper + side : upper;
      const right = left < last ? left + 1 : left;
      const above = source[upper + left]! * (1 - fx) + source[upper + right]! * fx;
      const below = source[lower + left]! * (1 - fx) + source[lower + right]! * fx;
      target[to + row * side + column] = (above * (1 - fy) + below * fy) * scale;
    }
  }
}

/** The displacement at a point given in units of knots, interpolated bilinearly. */
function between(knots: Float32Array, y: number, x: number, axis: 0 | 1): number {
  const top = Math.min(y | 0, knotsPerSide - 2);
  const left = Math.min(x | 0, knotsPerSide - 2);
  const fy = y - top;
  const fx = x - left;
  const i = 2 * (top * knotsPerSide + left) + axis;
  const j = i + 2 * knotsPerSide;
  return (knots[i]! * (1 - fx) + knots[i + 2]! * fx) * (1 - fy) + (knots[j]! * (1 - fx) + knots[j + 2]! * fx) * fy;
}
