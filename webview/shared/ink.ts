/** The pixels of an image. */
export interface DigitPixels {
  /** side*side bytes. */
  readonly pixels: Uint8Array;
  /** The value that stands for full ink. */
  readonly fullInk: number;
}

/** Where and how large an image is drawn, in device pixels. */
export interface InkPlace {
  readonly side: number;
  /** Device pixels per image pixel. */
  readonly scale: number;
  /** Its left edge. */
  readonly left: number;
}

/** The RGBA word of every pixel value, by table; a session has three or four. */
const tables = new Map<string, Uint32Array>();

/**
 * 0 is white paper and `fullInk` black ink in every theme, as the data defines it ("higher numbers meaning darker");
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

/** Draws an image into an RGBA bitmap of `width` pixels: each image pixel is a square of `scale` pixels. */
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
