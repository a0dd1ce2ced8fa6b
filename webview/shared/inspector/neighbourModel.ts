import { bytes, count, plural } from '../../../src/core/text';
import type { ExplainProgress, Neighbours } from '../../../src/protocol/explain';

/**
 * Counts the labels of the neighbours, most frequent first: "9 of 12 have the label 3, 2 the label 8, 1 the label 5."
 */
export function labelWords(labels: ArrayLike<number>): string {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [first, ...others] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (!first) return 'There is no training image to compare with.';
  if (others.length === 0)
    return labels.length === 1 ? `It has the label ${first[0]}.` : `All ${labels.length} have the label ${first[0]}.`;
  return `${first[1]} of ${labels.length} ${first[1] === 1 ? 'has' : 'have'} the label ${first[0]}, ${others.map(([label, times]) => `${times} the label ${label}`).join(', ')}.`;
}

/** Says how the neighbours were found. */
export function comparisonWords({
  compared,
  trainingRows,
  features,
  bytes: memory,
}: Pick<Neighbours, 'compared' | 'trainingRows' | 'features' | 'bytes'>): string {
  const images =
    compared === trainingRows
      ? plural(compared, 'training image')
      : `${count(compared)} of ${plural(trainingRows, 'training image')}, as many as fit`;
  return `By cosine distance of the ${plural(features, 'number')} before the last layer, among ${images}; they take ${bytes(memory)} of memory for now.`;
}

/** Formats a distance. */
export function distance(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value > 0 && value < 0.0005 ? '<0.001' : value.toFixed(3);
}

/** Names the current step of the first search for neighbours. */
export function progressWords(progress: ExplainProgress): string {
  return progress.phase === 'reading' ? `Reading ${progress.file}` : 'Looking at the training images';
}
