import { wholeScale } from '../shared/pixelRatio';

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

/** Where a tile's parts are, in device pixels. */
export interface TileLayout {
  readonly width: number;
  readonly height: number;
  /** Along a pixel of the image. */
  readonly scale: number;
  /** From the tile's left edge to the image, and from its top. */
  readonly left: number;
  readonly top: number;
}

/** Lays out tiles with an image of `side` pixels each and, below it, a label and a row number of `digits` digits. */
export function layOutTile(side: number, zoom: number, ratio: number, digits: number): TileLayout {
  const scale = wholeScale(zoom, ratio);
  const image = side * scale;
  const margin = Math.ceil(MARGIN * ratio);
  const caption = Math.ceil((digits + 3) * CHARACTER_WIDTH * ratio);
  const left = margin + Math.max(0, Math.ceil((caption - image) / 2));
  return { width: image + 2 * left, height: image + 2 * margin + Math.ceil(CAPTION_HEIGHT * ratio), scale, left, top: margin };
}
