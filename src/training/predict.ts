import { copyImage } from '../core/augment';
import { accuracy, argMax } from '../core/metrics';
import * as tf from './tf';

// Large enough that the kernels are busy, small enough that a cancel or a progress bar waits a fraction of a second.
const batchSize = 256;

/**
 * Probabilities of the images at `indices` (all where undefined), [n, classes] in one array. `pixels` holds side*side
 * bytes an image and `ink` is the value of full ink. Throws the signal's reason once it is aborted.
 */
export async function predict(
  model: tf.LayersModel,
  pixels: Uint8Array,
  side: number,
  ink: number,
  indices: Uint32Array | undefined,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Float32Array> {
  const size = side * side;
  const n = indices?.length ?? pixels.length / size;
  const classes = (model.outputShape as number[])[1]!;
  const probabilities = new Float32Array(n * classes);
  for (let first = 0; first < n; first += batchSize) {
    const count = Math.min(batchSize, n - first);
    const images = new Float32Array(count * size);
    for (let i = 0; i < count; i++) {
      const from = (indices ? indices[first + i]! : first + i) * size;
      copyImage(pixels, from, images, i * size, size, ink);
    }
    const batch = tf.tidy(() => (model.predictOnBatch(tf.tensor4d(images, [count, side, side, 1])) as tf.Tensor).dataSync());
    probabilities.set(batch, first * classes);
    onProgress((first + count) / n);
    // Lets messages in: the kernels block this process.
    await new Promise(resolve => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return probabilities;
}

/** Loss as Keras computes it (categorical cross-entropy, probabilities clipped at 1e-7) and accuracy. */
export function score(probabilities: Float32Array, labels: Uint16Array): { loss: number; accuracy: number } {
  const classes = probabilities.length / labels.length;
  const loss = labels.reduce((sum, label, i) => sum - Math.log(Math.min(Math.max(probabilities[i * classes + label]!, 1e-7), 1 - 1e-7)), 0);
  return { loss: loss / labels.length, accuracy: accuracy(labels, argMax(probabilities, classes)) };
}
