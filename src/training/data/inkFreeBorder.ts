/** How many pixels on each side hold no ink in any image; at most a quarter of the side. `pixels`: [n, side, side] bytes. */
export function inkFreeBorder(pixels: Uint8Array, side: number): number {
  // The highest value of each place over all images.
  const size = side * side;
  const most = new Uint8Array(size);
  for (let at = 0; at < pixels.length; at += size) {
    for (let i = 0; i < size; i++) if (pixels[at + i]! > most[i]!) most[i] = pixels[at + i]!;
  }
  const inked = (i: number): boolean => most[i]! > 0;
  let border = 0;
  while (border < side >> 2) {
    const far = side - 1 - border;
    for (let i = 0; i < side; i++) {
      if (inked(border * side + i) || inked(far * side + i) || inked(i * side + border) || inked(i * side + far))
        return border;
    }
    border++;
  }
  return border;
}
