/** The nearest of many, nearest first. */
export interface Nearest {
  readonly indices: readonly number[];
  /** Cosine distances: 0 in the same direction, 1 at right angles. */
  readonly distances: readonly number[];
}

/** Scales each vector of `size` numbers to length 1, where it is; one of zeros stays as it is. */
export function scaleToUnit(vectors: Float32Array, size: number): void {
  for (let from = 0; from < vectors.length; from += size) {
    let sum = 0;
    for (let i = from; i < from + size; i++) sum += vectors[i]! ** 2;
    if (sum === 0) continue;
    const scale = 1 / Math.sqrt(sum);
    for (let i = from; i < from + size; i++) vectors[i]! *= scale;
  }
}

/**
 * The `most` vectors nearest to `query` by cosine distance, the lower index first of equals; `query` and all of `vectors`
 * have length 1. Those that `skip` says are left out.
 */
export function findNearest(
  vectors: Float32Array,
  query: Float32Array,
  most: number,
  skip: (index: number) => boolean = () => false,
): Nearest {
  const size = query.length;
  const count = vectors.length / size;
  const indices: number[] = [];
  const products: number[] = [];
  for (let index = 0; index < count; index++) {
    let product = 0;
    for (let i = 0, at = index * size; i < size; i++) product += vectors[at + i]! * query[i]!;
    if (indices.length === most && !(product > products[most - 1]!)) continue;
    if (skip(index)) continue;
    let place = indices.length;
    while (place > 0 && product > products[place - 1]!) place--;
    indices.splice(place, 0, index);
    products.splice(place, 0, product);
    if (indices.length > most) {
      indices.pop();
      products.pop();
    }
  }
  // Rounding makes the product of equals a little more or less than 1.
  return { indices, distances: products.map(product => Math.max(0, 1 - product)) };
}
