/**
 * The pixel value that stands for full ink in data whose highest value is `maxPixel`: 1 (black and white), 16 (the
 * digits of scikit-learn) or 255. One of these rather than the maximum itself, so that a part of a file reads as the whole.
 */
export function fullInk(maxPixel: number): number {
  if (maxPixel <= 1) return 1;
  return maxPixel <= 16 ? 16 : 255;
}
