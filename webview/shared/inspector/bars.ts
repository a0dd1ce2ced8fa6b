/** A bar of the inspector. */
export interface Bar {
  /** Class index. */
  readonly index: number;
  readonly probability: number;
  /** The role of the class for this image; "correct" is both true and predicted. */
  readonly role: 'true' | 'predicted' | 'correct' | undefined;
}

/** A judged image. Classes are indices; the true one is not always known. */
export interface Judged {
  readonly label: number | undefined;
  readonly predicted: number;
  readonly probabilities: Float32Array;
}

/** Up to this many classes are shown in order; of more, only the most probable. */
const MOST_BARS = 12;
const TOP_BARS = 10;

/** The bars of an image: all classes in order, or if there are many the most probable ones and the true class. */
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
