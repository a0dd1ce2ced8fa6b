import type { ImageHashes, hashImages } from './imageHash';

/** Images of which each is linked to the next one that is the same. Images count from 0. */
export interface SameImages {
  /** The first image of each group of two or more that are the same, ascending. */
  readonly firsts: readonly number[];
  /** The next image of the group, ascending; -1 after the last, and for an image that is like no other. */
  readonly next: Int32Array;
}

/**
 * Finds images that are the same to the last pixel. `parts`: the images of each file, `area` bytes an image, counted on
 * from one file to the next. Images are compared only where their hashes are equal; 24 bytes an image are needed beside them.
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
  // Open addressing: the first image of each group, in the first free slot from that of its hash on.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * images + 1))).fill(-1);

  let image = 0;
  for (const [index, part] of parts.entries()) {
    starts.push(image);
    hashes.push(hash(part, area));
    const { first, second } = hashes[index]!;
    for (let own = 0; own < first.length; own++, image++) {
      partOf[image] = index;
      lasts[image] = image;
      let slot = spread(first[own]!) & (slots.length - 1);
      for (let other = slots[slot]!; ; other = slots[slot]!) {
        if (other < 0) {
          slots[slot] = image;
          break;
        }
        const there = partOf[other]!;
        const at = other - starts[there]!;
        if (
          hashes[there]!.first[at] === first[own] &&
          hashes[there]!.second[at] === second[own] &&
          isSame(parts[there]!, at * area, part, own * area, area)
        ) {
          if (next[other] === -1) repeated.push(other);
          next[lasts[other]!] = image;
          lasts[other] = image;
          break;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
    }
  }
  return { firsts: repeated.sort((a, b) => a - b), next };
}

/** Slots are taken by the low bits, which the high ones must reach. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function isSame(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
