import { meanConfidence } from '../../core/confidence';
import { DigitsError } from '../../core/errors';
import { argMax, confusionMatrix, misclassifiedExamples } from '../../core/metrics';
import type { Predictions } from '../../core/run/runRecord';
import type { MisclassifiedImages, ValidationView } from '../../protocol/panels';

/** What a panel shows of a validation; undefined where the labels aren't known. */
export function validationView(predictions: Predictions, classes: number): ValidationView | undefined {
  const { labels, probabilities } = predictions;
  if (!labels) return undefined;
  if (probabilities.length !== labels.length * classes) throw new DigitsError('read-failed', 'The predictions in this run\'s folder are not of its classes; delete the run and train again.');
  return {
    confusion: confusionMatrix(labels, argMax(probabilities, classes), classes),
    confidence: meanConfidence(probabilities, classes),
    misclassified: packMisclassified(predictions, classes),
  };
}

function packMisclassified(predictions: Predictions, classes: number): MisclassifiedImages {
  const examples = misclassifiedExamples(predictions, classes);
  const probabilities = new Float32Array(examples.length * classes);
  examples.forEach((example, i) => probabilities.set(example.probabilities, i * classes));
  return {
    rows: Uint32Array.from(examples, ({ row }) => row),
    labels: Uint16Array.from(examples, ({ label }) => label),
    predicted: Uint16Array.from(examples, ({ predicted }) => predicted),
    probabilities,
  };
}
