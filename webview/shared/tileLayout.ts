/** Around the image in its tile, in CSS pixels. */
const MARGIN = 6;

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

/** Device pixels that a pixel of an image covers when it is to be about `zoom` CSS pixels: a whole number. */
export function wholeScale(zoom: number, ratio: number): number {
  return Math.max(1, Math.round(zoom * ratio));
}

/** Lays out tiles with an image of `side` pixels, each about `zoom` CSS pixels, over a caption of a size in CSS pixels. */
export function layOutTile(
  side: number,
  zoom: number,
  ratio: number,
  caption: { readonly width: number; readonly height: number },
): TileLayout {
  const scale = wholeScale(zoom, ratio);
  const image = side * scale;
  const margin = Math.ceil(MARGIN * ratio);
  const left = margin + Math.max(0, Math.ceil((Math.ceil(caption.width * ratio) - image) / 2));
  return {
    width: image + 2 * left,
    height: image + 2 * margin + Math.ceil(caption.height * ratio),
    scale,
    left,
    top: margin,
  };
}
