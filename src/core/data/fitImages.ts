import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { fullInk } from './fullInk';
import type { Layout } from './layout';

/** How the images of a file are given to a network that was trained on those of another. */
export interface ImageFit {
  /** The pixel value that the network sees as full ink. */
  readonly ink: number;
  /** Ink and paper are swapped first. */
  readonly invert: boolean;
  /** What a person should know of it, as full sentences. */
  readonly notes: readonly string[];
}

/** What a sentence calls the file and the run. */
export interface FitNames {
  readonly file: string;
  /** "run 2026-…" or "the network". */
  readonly network: string;
}

/** Means of a handful of images say little. */
const ENOUGH_IMAGES = 20;
/** Images of one kind differ by less in their mean ink: MNIST as bits has 1.0 to 1.5 times that of grey MNIST, single digits 0.4 to 2.2 times. */
const OTHER_SCALE = 3;
const OTHER_KIND = 2;
/** Up to this full ink a step less of the highest value may be another scale, as 0 to 15 beside 0 to 16. */
const COARSE = 16;
/** Less than half as bright, and no nearer to the mean than this, are not faint images but those of another scale. */
const SAME_SCALE = 1.5;

/**
 * Fits images to a network: by its file's own scale and polarity. Throws `mismatch` where the side differs, or where the
 * scale is another one and can't be told. `trained`: what the network learned from; `images`: how many `file` is of.
 */
export function fitImages(trained: Layout, file: Layout, images: number, names: FitNames): ImageFit {
  if (file.side !== trained.side) {
    throw new DigitsError(
      'mismatch',
      sentence`${names.file} has images of ${file.side}x${file.side} pixels and ${names.network} was trained on ${trained.side}x${trained.side}; choose a run of this data set.`,
    );
  }
  const invert = trained.high !== undefined && file.high !== undefined && trained.high !== file.high;
  const ink = scaleOf(trained, file, invert, names);
  const notes: string[] = [];
  if (ink !== fullInk(trained.maxPixel))
    notes.push(
      `${names.file} has pixel values up to ${file.maxPixel} and ${names.network} was trained on values up to ${trained.maxPixel}, so they were scaled to match.`,
    );
  else if (ink <= COARSE && file.maxPixel > 0 && file.maxPixel < trained.maxPixel)
    notes.push(
      `The highest pixel of ${names.file} is ${file.maxPixel} and that of the training file ${trained.maxPixel}; both were taken for a scale of 0 to ${ink}.`,
    );
  if (invert)
    notes.push(
      `In ${names.file} high values are ${file.high} and ${names.network} was trained on images whose high values are ${trained.high}, so they were inverted to match.`,
    );
  const mean = meanAt(file, ink, invert);
  if (images >= ENOUGH_IMAGES && mean !== undefined && trained.mean !== undefined) {
    const ratio = mean / trained.mean;
    if (ratio > OTHER_KIND || ratio < 1 / OTHER_KIND)
      notes.push(
        `The images of ${names.file} have ${share(mean)} of ink on average and those that ${names.network} was trained on ${share(trained.mean)}; check that they are of one kind.`,
      );
  }
  return { ink, invert, notes };
}

/** The images as the network is to see them, with `ink` for full ink: a copy where they are inverted. */
export function fitted(pixels: Uint8Array, { ink, invert }: Pick<ImageFit, 'ink' | 'invert'>): Uint8Array {
  return invert ? pixels.map(value => Math.max(ink - value, 0)) : pixels;
}

/** The images as the training file would write them, to know them again in it. */
export function asTrained(pixels: Uint8Array, fit: Pick<ImageFit, 'ink' | 'invert'>, trained: Layout): Uint8Array {
  const own = fullInk(trained.maxPixel);
  const seen = fitted(pixels, fit);
  return fit.ink === own ? seen : seen.map(value => Math.round((value * own) / fit.ink));
}

function scaleOf(trained: Layout, file: Layout, invert: boolean, names: FitNames): number {
  const own = fullInk(trained.maxPixel);
  const nominal = fullInk(file.maxPixel);
  const sameRange = nominal === own && file.maxPixel * 2 > trained.maxPixel;
  // Blank images have no scale.
  if (sameRange || file.maxPixel === 0) return own;
  if (trained.mean === undefined || file.mean === undefined) return nominal;
  const trainedMean = trained.mean;
  const distance = (ink: number): number => Math.abs(Math.log((meanAt(file, ink, invert) ?? 0) / trainedMean));
  const [best] = [nominal, file.maxPixel].sort((a, b) => distance(a) - distance(b)) as [number, number];
  if (nominal === own && distance(own) < Math.log(SAME_SCALE)) return own;
  if (distance(best) < Math.log(OTHER_SCALE)) return best;
  throw new DigitsError(
    'mismatch',
    sentence`The highest pixel of ${names.file} is ${file.maxPixel}, ${names.network} was trained on values up to ${trained.maxPixel}, and the images don't tell the scale; write them on the scale of the training file.`,
  );
}

/** The mean of a file as a share of `ink`, as the network would see it. */
function meanAt({ mean, maxPixel }: Layout, ink: number, invert: boolean): number | undefined {
  if (mean === undefined) return undefined;
  const share = (mean * fullInk(maxPixel)) / ink;
  return invert ? Math.max(1 - share, 0) : share;
}

function share(mean: number): string {
  return `${Math.round(mean * 100)} %`;
}
