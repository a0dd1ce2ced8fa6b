/** Two hashes of 32 bits for each of some images. */
export interface ImageHashes {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/**
 * Hashes images: the same image has the same hashes, another one almost never both. The first is FNV-1a
 * (http://www.isthe.com/chongo/tech/comp/fnv/), the second a polynomial with the multiplier of MurmurHash2. `pixels`: [n, area] bytes.
 */
export function hashImages(pixels: Uint8Array, area: number): ImageHashes {
  const images = pixels.length / area;
  const first = new Uint32Array(images);
  const second = new Uint32Array(images);
  for (let image = 0, at = 0; image < images; image++) {
    let fnv = 0x811c9dc5;
    let polynomial = 1;
    for (const end = at + area; at < end; at++) {
      const value = pixels[at]!;
      fnv = Math.imul(fnv ^ value, 0x01000193);
      polynomial = (Math.imul(polynomial, 0x5bd1e995) + value) | 0;
    }
    first[image] = fnv;
    second[image] = polynomial;
  }
  return { first, second };
}
