import { snap, wholePixels } from '../shared/pixelRatio';

/** CSS pixels that an image is wide at first, about. */
const USUAL_WIDTH = 56;
const WIDEST = 448;
/** Around the image in its tile. */
const MARGIN = 6;
/** One line of text below the image. */
const CAPTION_HEIGHT = 18;
const CHARACTER_WIDTH = 7;

/** The zoom that shows images of `side` pixels at a usual size. */
export function usualZoom(side: number): number {
  return Math.max(1, Math.round(USUAL_WIDTH / side));
}

/** Keeps a zoom between one and what is sensible for images of `side` pixels. */
export function clampZoom(zoom: number, side: number): number {
  return Math.min(Math.max(1, Math.floor(WIDEST / side)), Math.max(1, zoom));
}

/** The zoom after next or before last: steps grow with the zoom, so that it takes few to get far. */
export function stepZoom(zoom: number, direction: 1 | -1, side: number): number {
  const step = zoom + (direction > 0 ? 0 : -1) >= 4 ? 2 : 1;
  return clampZoom(zoom + direction * step, side);
}

/** The size of a tile in CSS pixels: room for the image, and below it for a label and a row number of `digits` digits. */
export function tileSize(side: number, zoom: number, ratio: number, digits: number): { readonly width: number; readonly height: number } {
  const image = side * wholePixels(zoom, ratio);
  const caption = (digits + 3) * CHARACTER_WIDTH;
  return { width: snap(Math.max(image, caption) + 2 * MARGIN, ratio), height: snap(image + CAPTION_HEIGHT + 2 * MARGIN, ratio) };
}
