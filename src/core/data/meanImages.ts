/**
 * The mean image of each class, rounded, one after the other; all 0 for a class without images. `pixels`: `area` bytes an
 * image; `classIndices`: the class of each; classes from `classes` on are left out.
 */
export function meanImages(pixels: Uint8Array, classIndices: Uint16Array, classes: number, area: number): Uint8Array {
  const sums = new Float64Array(classes * area);
  const images = new Uint32Array(classes);
  classIndices.forEach((index, image) => {
    if (index >= classes) return;
    images[index]!++;
    const from = image * area;
    const to = index * area;
    for (let i = 0; i < area; i++) sums[to + i]! += pixels[from + i]!;
  });
  return Uint8Array.from(sums, (sum, i) => Math.round(sum / Math.max(1, images[Math.floor(i / area)]!)));
}
