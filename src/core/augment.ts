import type { Random } from './random';

/** How far an image is moved at random, both ways. */
export interface Augmentation {
  /** Degrees. */
  readonly rotation: number;
  /** Share of the size; width and height apart. */
  readonly zoom: number;
  /** Share of the side; across and down apart. */
  readonly shift: number;
}

/** Writes one image as it is: `size` bytes from `from`, divided by the value of full ink, to `to`. */
export function copyImage(source: Uint8Array, from: number, target: Float32Array, to: number, size: number, ink: number): void {
  for (let i = 0; i < size; i++) target[to + i] = source[from + i]! / ink;
}

/** One way to move an image: angle in degrees, shifts in pixels, zooms as factors (above 1 shrinks). */
export interface Move {
  readonly rotation: number;
  readonly down: number;
  readonly across: number;
  readonly zoomDown: number;
  readonly zoomAcross: number;
}

/** Draws a move within the bounds, in the order in which Keras draws. */
export function drawMove(by: Augmentation, side: number, random: Random): Move {
  return {
    rotation: random.uniform(-by.rotation, by.rotation),
    down: random.uniform(-by.shift, by.shift) * side,
    across: random.uniform(-by.shift, by.shift) * side,
    zoomDown: random.uniform(1 - by.zoom, 1 + by.zoom),
    zoomAcross: random.uniform(1 - by.zoom, 1 + by.zoom),
  };
}

/**
 * Writes one image moved: bilinear, the border repeated, as Keras' ImageDataGenerator does it (apply_affine_transform,
 * order 1, fill "nearest").
 *
 * @param source side*side bytes from `from`
 * @param target side*side numbers from `to`, each multiplied by `scale`
 */
export function moveImage(source: Uint8Array, from: number, target: Float32Array, to: number, side: number, scale: number, move: Move): void {
  const angle = (move.rotation * Math.PI) / 180;
  const { down, across, zoomDown, zoomAcross } = move;
  // To single precision: JavaScript engines differ in the last bits of sine and cosine, and a run should not.
  const cos = Math.fround(Math.cos(angle));
  const sin = Math.fround(Math.sin(angle));

  // Rotation x shift x zoom about the centre: where in the source each target pixel comes from.
  const centre = side / 2 - 0.5;
  const yy = cos * zoomDown;
  const yx = -sin * zoomAcross;
  const xy = sin * zoomDown;
  const xx = cos * zoomAcross;
  const y0 = cos * down - sin * across - yy * centre - yx * centre + centre;
  const x0 = sin * down + cos * across - xy * centre - xx * centre + centre;

  const last = side - 1;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const y = Math.min(Math.max(yy * row + yx * column + y0, 0), last);
      const x = Math.min(Math.max(xy * row + xx * column + x0, 0), last);
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
