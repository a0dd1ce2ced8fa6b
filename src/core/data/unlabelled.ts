import type { ParsedRows } from '../csv/rowParser';

/** The number that stands for "not labelled" by habit, as in scikit-learn's semi-supervised estimators. */
export const noLabel = -1;

/**
 * The images that have -1 for a label where that looks like "not labelled": beside two labels or more that are not negative.
 * Of -1 and 1, or -2 and -1, it is a class like another. None where the file has no labels.
 */
export function findUnlabelled({ labels }: Pick<ParsedRows, 'labels'>): readonly number[] {
  const found: number[] = [];
  const others = new Set<number>();
  labels?.forEach((label, image) => {
    if (label === noLabel) found.push(image);
    else others.add(label);
  });
  const isClass = others.size < 2 || [...others].some(label => label < 0);
  return isClass ? [] : found;
}

/** The same file without some of its images, ascending. Its rows keep their numbers. */
export function withoutImages<T extends ParsedRows & { readonly format: { readonly side: number } }>(
  file: T,
  images: readonly number[],
): T {
  const gone = new Set(images);
  const kept = Array.from(file.rowNumbers.keys()).filter(image => !gone.has(image));
  const size = file.format.side ** 2;
  const pixels = new Uint8Array(kept.length * size);
  kept.forEach((image, i) => pixels.set(file.pixels.subarray(image * size, (image + 1) * size), i * size));
  return {
    ...file,
    pixels,
    rowNumbers: Uint32Array.from(kept, image => file.rowNumbers[image]!),
    labels: file.labels && Int32Array.from(kept, image => file.labels![image]!),
    ids: file.ids && kept.map(image => file.ids![image]!),
  };
}
