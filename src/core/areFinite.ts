/**
 * No weight of a network that has learned anything is near this size. Larger ones overflow within a few layers, and then
 * engines differ: one answers with NaN, another cuts it off and answers with a wrong class.
 */
const largestWeight = 1e6;

/** All of them are numbers, and none is infinite. */
export function areFinite(values: Float32Array): boolean {
  return values.every(Number.isFinite);
}

/** All of them are weights that a network can compute with. */
export function areWeights(values: Float32Array): boolean {
  return values.every(value => Math.abs(value) <= largestWeight);
}
