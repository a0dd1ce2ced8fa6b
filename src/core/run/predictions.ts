import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { requireFinite } from '../finite';
import type { Predictions } from './runRecord';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

/** Predictions as a file: rows [n], labels [n] where there are any, probabilities [n, classes]. `metadata` is kept beside them. */
export function encodePredictions(
  { rows, labels, probabilities }: Predictions,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const n = rows.length;
  return encodeSafetensors(
    {
      rows: { shape: [n], data: rows },
      ...(labels && { labels: { shape: [n], data: labels } }),
      probabilities: { shape: [n, n === 0 ? 0 : probabilities.length / n], data: probabilities },
    },
    metadata,
  );
}

/** What a file of predictions holds, checked to belong together. Throws `read-failed` with `file` where it is damaged. */
export function decodePredictions(bytes: Uint8Array, file: string): Predictions {
  const tensors = decodeSafetensors(bytes, file);
  const rows = tensors.get('rows');
  const labels = tensors.get('labels');
  const probabilities = tensors.get('probabilities');
  const predictions = { rows, labels, probabilities };
  if (!arePredictions(predictions))
    throw new DigitsError(
      'read-failed',
      sentence`${file} is damaged; delete this run and train again.`,
      'its arrays do not belong together',
    );
  return predictions;
}

/** Throws `read-failed` unless the predictions have a probability for each of so many classes, and `diverged` where these are no finite numbers. */
export function requireAnswers({ rows, probabilities }: Predictions, classes: number): void {
  if (probabilities.length === rows.length * classes) return requireFinite(probabilities, "in this run's folder");
  throw new DigitsError(
    'read-failed',
    sentence`The predictions in this run's folder are not of its classes; delete the run and train again.`,
  );
}

function arePredictions(value: { readonly [K in keyof Predictions]: unknown }): value is Predictions {
  const { rows, labels, probabilities } = value;
  if (!(rows instanceof Uint32Array) || !(probabilities instanceof Float32Array)) return false;
  const classes = rows.length === 0 ? 0 : probabilities.length / rows.length;
  if (!Number.isInteger(classes) || (rows.length === 0) !== (probabilities.length === 0)) return false;
  return (
    labels === undefined ||
    (labels instanceof Uint16Array && labels.length === rows.length && labels.every(label => label < classes))
  );
}
