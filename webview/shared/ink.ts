/** What one image is drawn from. */
export interface DigitPixels {
  /** side*side bytes. */
  readonly pixels: Uint8Array;
  /** The value that stands for full ink. */
  readonly fullInk: number;
}

/** Where and how large an image is drawn, in device pixels. */
export interface InkPlace {
  readonly side: number;
  /** Device pixels along a pixel of the image. */
  readonly scale: number;
  /** Where it begins, from the left. */
  readonly left: number;
}

/** RGBA words of every pixel value; there are three or four such tables in a session. */
const tables = new Map<string, Uint32Array>();

/**
 * 0 is white paper and `fullInk` black ink whatever the theme, as the data defines it ("higher numbers meaning darker");
 * `invert` swaps them.
 */
function inkTable(fullInk: number, invert: boolean): Uint32Array {
  const key = `${fullInk} ${invert}`;
  let table = tables.get(key);
  if (!table) {
    table = Uint32Array.from({ length: 256 }, (_, value) => {
      const ink = Math.min(255, Math.round((value * 255) / fullInk));
      const grey = invert ? ink : 255 - ink;
      return ((0xff << 24) | (grey << 16) | (grey << 8) | grey) >>> 0;
    });
    tables.set(key, table);
  }
  return table;
}

/** Draws an image into RGBA bytes that are `width` pixels wide: each of its pixels as a square of `scale`. */
export function drawInk(
  { pixels, fullInk }: DigitPixels,
  { side, scale, left }: InkPlace,
  invert: boolean,
  rgba: Uint8ClampedArray,
  width: number,
): void {
  const table = inkTable(fullInk, invert);
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  for (let y = 0; y < side; y++) {
    const start = y * scale * width + left;
    for (let x = 0; x < side; x++) {
      const word = table[pixels[y * side + x]!]!;
      for (let i = 0; i < scale; i++) words[start + x * scale + i] = word;
    }
    for (let copy = 1; copy < scale; copy++) words.copyWithin(start + copy * width, start, start + side * scale);
  }
}
