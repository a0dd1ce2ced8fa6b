/** A bar of the inspector. */
export interface Bar {
  /** Class index. */
  readonly index: number;
  readonly probability: number;
  /** What the class is to this image, in words; "correct" is both of the others. */
  readonly role: 'true' | 'predicted' | 'correct' | undefined;
}

/** What bars are made of. Classes are indices; the true one is not always known. */
export interface Judged {
  readonly label: number | undefined;
  readonly predicted: number;
  readonly probabilities: Float32Array;
}

/** Most bars that are shown in the order of the classes; of more classes, only the most probable. */
const MOST_BARS = 12;
const TOP_BARS = 10;

/** The bars of an image: all classes in their order, or of many the most probable ones, and always the true class. */
export function bars(
  { label, predicted, probabilities }: Judged,
  all = probabilities.length <= MOST_BARS,
): readonly Bar[] {
  const known = Array.from(probabilities, (value, index): Bar => ({
    index,
    probability: value,
    role: index === label ? (index === predicted ? 'correct' : 'true') : index === predicted ? 'predicted' : undefined,
  }));
  if (all) return known;
  const sorted = known.sort((a, b) => b.probability - a.probability);
  const isTrue = ({ index }: Bar): boolean => index === label;
  const top = sorted.slice(0, TOP_BARS);
  return top.some(isTrue) ? top : [...top, ...sorted.filter(isTrue)];
}
