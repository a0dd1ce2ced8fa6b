/** What one image is drawn from. */
export interface DigitPixels {
  /** side*side bytes. */
  readonly pixels: Uint8Array;
  /** The value that stands for full ink. */
  readonly fullInk: number;
}

/** RGBA words of every pixel value; there are three or four such tables in a session. */
const tables = new Map<string, Uint32Array>();

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

/**
 * Fills RGBA bytes with an image: 0 is white paper and `fullInk` black ink whatever the theme, as the data defines it
 * ("higher numbers meaning darker"); `invert` swaps them.
 */
export function fillInk({ pixels, fullInk }: DigitPixels, invert: boolean, rgba: Uint8ClampedArray): void {
  const table = inkTable(fullInk, invert);
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, pixels.length);
  for (let i = 0; i < pixels.length; i++) words[i] = table[pixels[i]!]!;
}
