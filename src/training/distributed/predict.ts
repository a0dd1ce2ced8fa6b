import { accuracy, argMax } from '../../core/metrics';
import type { WorkerGroup } from './workerGroup';

/** Images of one call. A cancel or a progress bar waits a fraction of a second for them. */
const chunk = 512;

/** Images to predict. */
export interface ImagesToPredict {
  /** [n, side, side] bytes. */
  readonly pixels: Uint8Array;
  readonly side: number;
  /** The pixel value of full ink. */
  readonly ink: number;
}

/**
 * Probabilities of images, [n, classes] in one array, by the model that the group has, with these weights where given.
 * Throws the signal's reason once it is aborted.
 */
export async function predict(
  workers: WorkerGroup,
  { pixels, side, ink }: ImagesToPredict,
  classes: number,
  weights: Float32Array | undefined,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Float32Array> {
  const size = side * side;
  const n = pixels.length / size;
  const probabilities = new Float32Array(n * classes);
  let next = 0;
  let done = 0;
  const work = async (member: number, first: Float32Array | undefined): Promise<void> => {
    for (let begin = first; next < n; begin = undefined) {
      signal.throwIfAborted();
      const from = next;
      const to = Math.min(from + chunk, n);
      next = to;
      probabilities.set(
        await workers.one(member, 'predict', { weights: begin, pixels: pixels.subarray(from * size, to * size), ink }),
        from * classes,
      );
      done += to - from;
      onProgress(done / n);
    }
  };
  // Two calls each, so that none waits for its next images.
  await Promise.all(
    Array.from({ length: workers.size }, (_, member) => [work(member, weights), work(member, weights)]).flat(),
  );
  return probabilities;
}

/** Loss as Keras computes it (categorical cross-entropy, probabilities clipped at 1e-7) and accuracy. */
export function scoreProbabilities(
  probabilities: Float32Array,
  labels: Uint16Array,
): { loss: number; accuracy: number } {
  const classes = probabilities.length / labels.length;
  const loss = labels.reduce(
    (sum, label, i) => sum - Math.log(Math.min(Math.max(probabilities[i * classes + label]!, 1e-7), 1 - 1e-7)),
    0,
  );
  return { loss: loss / labels.length, accuracy: accuracy(labels, argMax(probabilities, classes)) };
}
