import { meanConfidence } from '../../core/confidence';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { argMax, confusionMatrix, misclassifiedExamples } from '../../core/metrics';
import { requireAnswers } from '../../core/run/predictions';
import type { Predictions } from '../../core/run/runRecord';
import { count } from '../../core/text';
import type { MisclassifiedImages, ValidationView } from '../../protocol/runPanel';

/** Numbers of a confusion matrix: more would take the memory of the whole editor, and nobody could read them. */
const mostCells = 1 << 24;

/** What a panel shows of a validation; undefined where the labels aren't known. Throws `read-failed` where it does not fit the run's classes, or these are too many, and `diverged` where it is no finite numbers. */
export function validationView(predictions: Predictions, classes: number): ValidationView | undefined {
  const { labels, probabilities } = predictions;
  if (!labels) return undefined;
  requireAnswers(predictions, classes);
  if (classes ** 2 > mostCells)
    throw new DigitsError(
      'read-failed',
      sentence`This run has ${count(classes)} classes, too many for a confusion matrix; train on fewer.`,
    );
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
