import { fullInk } from './fullInk';

/** How the numbers of a file become images: what a network was trained on, and what it has to be given. */
export interface Layout {
  /** Pixels along one side. */
  readonly side: number;
  /** The highest value of the file. */
  readonly maxPixel: number;
  /** What the high values are; undefined where the images don't tell, as photographs. */
  readonly high?: 'ink' | 'paper';
  /** The mean of all pixels, as a share of the value of full ink; missing where nothing is known of it. */
  readonly mean?: number;
}

/** The layout of some images of a file; `maxPixel` is the highest of them. `pixels`: [n, side, side] bytes. */
export function layoutOf(pixels: Uint8Array, side: number, maxPixel: number): Layout {
  if (pixels.length === 0) return { side, maxPixel };
  const ink = fullInk(maxPixel);
  const mean = sum(pixels) / pixels.length / ink;
  const corners = cornerMean(pixels, side);
  // Beside the highest pixel: of images of 100 to 0 the paper is no more than two fifths of the way to 255.
  const high = corners > (1 - LOW_CORNERS) * maxPixel ? 'paper' : corners < LOW_CORNERS * ink ? 'ink' : undefined;
  return { side, maxPixel, mean, ...(high && { high }) };
}

/** Digits and clothes leave the corners to the paper; what is a fifth of the way to full ink there is no paper. */
const LOW_CORNERS = 0.2;

function cornerMean(pixels: Uint8Array, side: number): number {
  const size = side * side;
  const corners = [0, side - 1, size - side, size - 1];
  let total = 0;
  for (let at = 0; at < pixels.length; at += size) for (const corner of corners) total += pixels[at + corner]!;
  return total / ((pixels.length / size) * corners.length);
}

function sum(pixels: Uint8Array): number {
  let total = 0;
  // A sum of a few million bytes is exact in a double.
  for (const value of pixels) total += value;
  return total;
}
