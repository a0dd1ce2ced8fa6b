/** The margin around an image in its tile, in CSS pixels. */
const MARGIN = 6;

/** The layout of a tile, in device pixels. */
export interface TileLayout {
  readonly width: number;
  readonly height: number;
  /** Device pixels per image pixel. */
  readonly scale: number;
  /** From the left and top edges of the tile to the image. */
  readonly left: number;
  readonly top: number;
}

/** Device pixels per image pixel at about `zoom` CSS pixels: an integer. */
export function wholeScale(zoom: number, ratio: number): number {
  return Math.max(1, Math.round(zoom * ratio));
}

/**
 * Lays out tiles with an image of `side` pixels, each about `zoom` CSS pixels, above a caption (size in CSS pixels).
 */
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
