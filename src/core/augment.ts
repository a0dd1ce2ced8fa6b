import type { Random } from './random';

/** How far an image is moved at random, both ways. */
export interface Augmentation {
  /** Degrees. */
  readonly rotation: number;
  /** Share of the size; width and height apart. */
  readonly zoom: number;
  /** Share of the side; across and down apart. */
  readonly shift: number;
  /** Degrees by which upright strokes lean. */
  readonly shear?: number;
  /** Pixels that parts of the image are moved by, each by its own distance. */
  readonly elastic?: number;
}

/** Writes one image as it is: `size` bytes from `from`, divided by the value of full ink, to `to`. */
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

/** One way to move an image: angles in degrees, shifts in pixels, zooms as factors (above 1 shrinks). */
export interface Move {
  readonly rotation: number;
  readonly down: number;
  readonly across: number;
  readonly zoomDown: number;
  readonly zoomAcross: number;
  readonly shear: number;
  /** What is added to the place that each knot of a square grid comes from: down and across in turn, row by row. */
  readonly knots: Float32Array | undefined;
}

/** Knots on a side of the grid: far enough apart that a stroke bends and does not break. */
const knotsPerSide = 5;

/** Draws a move within the bounds, in the order in which Keras draws. */
export function drawMove(by: Augmentation, side: number, random: Random): Move {
  const { shear = 0, elastic = 0 } = by;
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
  };
}

/**
 * Writes one image moved: bilinear, the border repeated, as Keras' ImageDataGenerator does it (apply_affine_transform,
 * order 1, fill "nearest").
 *
 * @param source side*side bytes from `from`
 * @param target side*side numbers from `to`, each multiplied by `scale`
 */
export function moveImage(
  source: Uint8Array,
  from: number,
  target: Float32Array,
  to: number,
  side: number,
  scale: number,
  move: Move,
): void {
  const angle = (move.rotation * Math.PI) / 180;
  const { down, across, zoomDown, zoomAcross, knots } = move;
  // To single precision: JavaScript engines differ in the last bits of sine and cosine, and a run should not.
  const cos = Math.fround(Math.cos(angle));
  const sin = Math.fround(Math.sin(angle));
  const lean = Math.fround(Math.tan((move.shear * Math.PI) / 180));

  // Rotation x shift x lean x zoom about the centre: where in the source each target pixel comes from.
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

/** The displacement at a place between the knots, counted in knots. */
function between(knots: Float32Array, y: number, x: number, axis: 0 | 1): number {
  const top = Math.min(y | 0, knotsPerSide - 2);
  const left = Math.min(x | 0, knotsPerSide - 2);
  const fy = y - top;
  const fx = x - left;
  const i = 2 * (top * knotsPerSide + left) + axis;
  const j = i + 2 * knotsPerSide;
  return (knots[i]! * (1 - fx) + knots[i + 2]! * fx) * (1 - fy) + (knots[j]! * (1 - fx) + knots[j + 2]! * fx) * fy;
}
