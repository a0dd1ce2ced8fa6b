/** What happens to the strokes of an image, where a higher value is more ink. */
export type Strokes = 'thicker' | 'thinner';

/**
 * Copies an image with its strokes made thicker or thinner, by about half a pixel on each side: each pixel goes half-way
 * to the highest (a grey dilation) or the lowest value (an erosion) of the 3 x 3 pixels about it.
 *
 * @param source side*side bytes from `from`
 * @returns side*side bytes
 */
export function withStrokes(source: Uint8Array, from: number, side: number, strokes: Strokes): Uint8Array {
  const better = strokes === 'thicker' ? Math.max : Math.min;
  const last = side - 1;
  const rows = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = from + row * side + column;
      const left = source[column > 0 ? at - 1 : at]!;
      const right = source[column < last ? at + 1 : at]!;
      rows[row * side + column] = better(left, source[at]!, right);
    }
  }
  const target = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      const above = rows[row > 0 ? at - side : at]!;
      const below = rows[row < last ? at + side : at]!;
      target[at] = (source[from + at]! + better(above, rows[at]!, below)) / 2;
    }
  }
  return target;
}
