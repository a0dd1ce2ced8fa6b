import { Random } from '../random';
import type { FitNames } from './fitImages';

/** One of the seven ways in which square images can lie, other than upright. */
export interface Orientation {
  /** What a sentence calls such images. */
  readonly words: string;
  /** Where such an image has the pixel that an upright one has at `row` and `column`; `last` is the last of either. */
  readonly place: (row: number, column: number, last: number) => readonly [row: number, column: number];
}

/** As EMNIST is published: the first. */
export const orientations: readonly Orientation[] = [
  { words: 'transposed (rows and columns exchanged)', place: (row, column) => [column, row] },
  {
    words: 'transposed and turned upside down',
    place: (row, column, last) => [last - column, last - row],
  },
  { words: 'mirrored left to right', place: (row, column, last) => [row, last - column] },
  { words: 'mirrored top to bottom', place: (row, column, last) => [last - row, column] },
  { words: 'turned upside down', place: (row, column, last) => [last - row, last - column] },
  { words: 'turned by 90° to the right', place: (row, column, last) => [column, last - row] },
  { words: 'turned by 90° to the left', place: (row, column, last) => [last - column, row] },
];

// How the numbers below were chosen: networks of 100 to 38,000 images of MNIST at 28x28 and 14x14 met files of other images of it, of
// all labels, some, two or one, 200 files each. Of upright files of 20 to 300 images none got a word. Of the seven other orientations,
// with all labels, 96 to 100 in 100 did at 100 images (from 500 training images on 98 to 100 at 50, too), and 39 to 96 at 20; all but
// a few with the right one. Digits of 8x8 pixels tell less: trained on 1,000, 95 in 100 at 100 images and 100 at 200. Upright files get
// a word there where they are of one label alone, of which some have no orientation (0, 8): 1 to 3 in 100, and 16 to 25 in 100
// where the network was trained on 200.

/** Images of a file that are looked at: more tell no more. */
const MOST_IMAGES = 200;
const FEWEST_IMAGES = 20;
/** By how much surer a network is, on average, of images that are turned back. MNIST gains 0.15 to 0.45, digits of 8x8 pixels 0.1 to 0.25; images of one label can gain up to 0.05 that are upright. */
const CLEAR_GAIN = 0.06;
/** How many standard errors the gain is from none at least: by chance alone the best of seven reaches it in one of 4,000 files. */
const CLEAR_ERRORS = 4;

/** Probabilities, images x classes, of images in one array. */
export type PredictPixels = (pixels: Uint8Array) => Promise<Float32Array>;

/**
 * A sentence where the images of a file lie otherwise than those that a network was trained on: it is clearly surer of them once
 * they are turned back. It needs no labels, and nothing of the training images. Files of fewer than 20 images don't tell.
 * `pixels`: [n, side, side] bytes, as the network is to see them.
 */
export async function orientationNotes(
  pixels: Uint8Array,
  side: number,
  classes: number,
  names: FitNames,
  predict: PredictPixels,
): Promise<readonly string[]> {
  if (pixels.length / side ** 2 < FEWEST_IMAGES) return [];
  const drawn = drawImages(pixels, side ** 2);
  const own = highest(await predict(drawn), classes);
  const ownMean = mean(own);
  // So sure of them that no orientation could be clearly better.
  if (ownMean > 1 - CLEAR_GAIN) return [];

  const turned = new Uint8Array(orientations.length * drawn.length);
  orientations.forEach((orientation, i) => turned.set(turnBack(drawn, side, orientation), i * drawn.length));
  const all = highest(await predict(turned), classes);
  const [best] = orientations
    .map(({ words }, i) => ({ words, gains: own.map((value, image) => all[i * own.length + image]! - value) }))
    .map(({ words, gains }) => ({ words, gain: mean(gains), error: standardError(gains) }))
    .sort((a, b) => b.gain - a.gain);
  if (!best || best.gain < CLEAR_GAIN || best.gain < CLEAR_ERRORS * best.error) return [];
  return [
    `The images of ${names.file} seem to be ${best.words}: ${names.network} is ${percentOf(ownMean)} sure of its answers on average, and would be ${percentOf(ownMean + best.gain)} sure if they were upright. They are predicted as they are; look at them, and write them the way the training images stand.`,
  ];
}

/** What a network makes of images that it is given so many at a time. */
export async function predictInParts(
  pixels: Uint8Array,
  size: number,
  images: number,
  predict: PredictPixels,
): Promise<Float32Array> {
  const found: Float32Array[] = [];
  for (let from = 0; from < pixels.length; from += images * size)
    found.push(await predict(pixels.subarray(from, from + images * size)));
  return Float32Array.from(found.flatMap(part => [...part]));
}

/** Images that lie in this way, upright again. `pixels`: [n, side, side] bytes. */
export function turnBack(pixels: Uint8Array, side: number, { place }: Orientation): Uint8Array {
  const size = side ** 2;
  const from = Array.from({ length: size }, (_, i) => {
    const [row, column] = place(Math.floor(i / side), i % side, side - 1);
    return row * side + column;
  });
  return pixels.map((_, i) => pixels[i - (i % size) + from[i % size]!]!);
}

/** Some images of all of a file, by chance: its rows may be in the order of their labels. */
function drawImages(pixels: Uint8Array, size: number): Uint8Array {
  const order = Uint32Array.from({ length: pixels.length / size }, (_, i) => i);
  if (order.length <= MOST_IMAGES) return pixels;
  new Random(1).shuffle(order);
  const drawn = new Uint8Array(MOST_IMAGES * size);
  order
    .subarray(0, MOST_IMAGES)
    .forEach((image, i) => drawn.set(pixels.subarray(image * size, (image + 1) * size), i * size));
  return drawn;
}

/** The probability of the most probable class of each image. */
function highest(probabilities: Float32Array, classes: number): readonly number[] {
  return Array.from({ length: probabilities.length / classes }, (_, image) =>
    probabilities.subarray(image * classes, (image + 1) * classes).reduce((most, value) => Math.max(most, value)),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((total, value) => total + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function percentOf(share: number): string {
  return `${Math.round(share * 100)} %`;
}
