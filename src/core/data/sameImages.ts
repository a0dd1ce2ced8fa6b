import type { ImageHashes, hashImages } from './imageHash';

/** Images of which each is linked to the next one that is the same. Images count from 0. */
export interface SameImages {
  /** The first image of each group of two or more that are the same, ascending. */
  readonly firsts: readonly number[];
  /** The next image of the group, ascending; -1 after the last, and for an image that is like no other. */
  readonly next: Int32Array;
}

/**
 * Finds images that are the same to the last pixel. `parts`: the images of each file, [n, area] bytes, counted on
 * from one file to the next. Images are compared only where their hashes are equal. The 70,000 images of MNIST take
 * 10 ms beside the 60 of their hashes.
 */
export function findSameImages(parts: readonly Uint8Array[], area: number, hash: typeof hashImages): SameImages {
  const images = parts.reduce((sum, part) => sum + part.length / area, 0);
  const next = new Int32Array(images).fill(-1);
  /** The last image of each group so far, by its first one. */
  const lasts = new Int32Array(images);
  const repeated: number[] = [];
  /** Where in the parts an image that came first is. */
  const partOf = new Uint8Array(images);
  const starts: number[] = [];
  const hashes: ImageHashes[] = [];
  /** The newest first image of a group, by its first hash, and of each the one before it with the same hash. */
  const newest = new Map<number, number>();
  const before = new Int32Array(images).fill(-1);

  let image = 0;
  for (const [index, part] of parts.entries()) {
    starts.push(image);
    hashes.push(hash(part, area));
    const { first, second } = hashes[index]!;
    for (let own = 0; own < first.length; own++, image++) {
      partOf[image] = index;
      lasts[image] = image;
      const hashed = newest.get(first[own]!) ?? -1;
      let other = hashed;
      for (; other >= 0; other = before[other]!) {
        const there = partOf[other]!;
        const at = other - starts[there]!;
        if (hashes[there]!.second[at] === second[own] && isSame(parts[there]!, at * area, part, own * area, area))
          break;
      }
      if (other < 0) {
        before[image] = hashed;
        newest.set(first[own]!, image);
        continue;
      }
      if (next[other] === -1) repeated.push(other);
      next[lasts[other]!] = image;
      lasts[other] = image;
    }
  }
  return { firsts: repeated.sort((a, b) => a - b), next };
}

function isSame(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
