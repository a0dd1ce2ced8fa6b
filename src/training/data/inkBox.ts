/** The side of the square that the ink of an image usually fills: the median over all images. MNIST scales its digits to 20 of 28 pixels. `pixels`: [n, side, side] bytes. */
export function inkBox(pixels: Uint8Array, side: number): number {
  const size = side * side;
  const boxes: number[] = [];
  for (let at = 0; at < pixels.length; at += size) {
    let [top, left, bottom, right] = [side, side, -1, -1];
    for (let i = 0; i < size; i++) {
      if (pixels[at + i] === 0) continue;
      const row = Math.floor(i / side);
      const column = i % side;
      [top, left, bottom, right] = [
        Math.min(top, row),
        Math.min(left, column),
        Math.max(bottom, row),
        Math.max(right, column),
      ];
    }
    if (bottom >= 0) boxes.push(Math.max(bottom - top, right - left) + 1);
  }
  return boxes.sort((a, b) => a - b)[boxes.length >> 1] ?? usualInkBox(side);
}

/** The same as MNIST has it, for data that can't be looked at. */
export function usualInkBox(side: number): number {
  return Math.round((side * 20) / 28);
}
