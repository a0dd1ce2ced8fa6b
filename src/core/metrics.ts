import type { Predictions } from './run/runRecord';

/** An image that the network got wrong. Classes are indices. */
export interface MisclassifiedExample {
  /** The file's row number, from 1. */
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  /** One a class. */
  readonly probabilities: readonly number[];
}

/** The most probable class of each image, the lower one of equals. `probabilities`: images x classes. */
export function argMax(probabilities: ArrayLike<number>, classes: number): number[] {
  const images = probabilities.length / classes;
  return Array.from({ length: images }, (_, image) => {
    const first = image * classes;
    let best = 0;
    for (let index = 1; index < classes; index++) {
      if (probabilities[first + index]! > probabilities[first + best]!) best = index;
    }
    return best;
  });
}

/** Counts of images, classes x classes: row = true class, column = predicted. Both lists hold class indices. */
export function confusionMatrix(labels: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let image = 0; image < labels.length; image++) {
    const row = matrix[labels[image]!]!;
    row[predicted[image]!] = row[predicted[image]!]! + 1;
  }
  return matrix;
}

/** The share of images whose predicted class is the true one, 0 to 1; 0 where there are no images. */
export function accuracy(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let correct = 0;
  for (let image = 0; image < labels.length; image++) if (labels[image] === predicted[image]) correct++;
  return labels.length === 0 ? 0 : correct / labels.length;
}

/**
 * The 95 % confidence interval of a share, `right` of `total`, by Wilson's score (Journal of the American Statistical
 * Association 22, 1927, 209-212): unlike the usual one it stays within 0 and 1, and is honest about few errors.
 */
export function wilsonInterval(right: number, total: number): { readonly low: number; readonly high: number } {
  if (total === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const share = right / total;
  const centre = share + z ** 2 / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const whole = 1 + z ** 2 / total;
  return { low: Math.max(0, (centre - spread) / whole), high: Math.min(1, (centre + spread) / whole) };
}

/** All images that the network got wrong, ordered by p(predicted) - p(true), largest first, then by row; none where the labels aren't known. */
export function misclassifiedExamples(
  { rows, labels, probabilities }: Predictions,
  classes: number,
): MisclassifiedExample[] {
  if (labels === undefined) return [];
  const predicted = argMax(probabilities, classes);
  const wrong = predicted.flatMap((guess, image) => {
    const label = labels[image]!;
    if (guess === label) return [];
    const own = Array.from(probabilities.subarray(image * classes, (image + 1) * classes));
    // A network that diverged answers with NaN, by which nothing can be ordered.
    const margin = own[guess]! - own[label]! || 0;
    return [{ margin, example: { row: rows[image]!, label, predicted: guess, probabilities: own } }];
  });
  return wrong.sort((a, b) => b.margin - a.margin || a.example.row - b.example.row).map(({ example }) => example);
}

/** How often each label occurs. */
export function countLabels(labels: Iterable<number>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
