import { meanConfidence } from '../../core/confidence';
import { argMax, confusionMatrix, misclassifiedExamples } from '../../core/metrics';
import { requireClasses } from '../../core/run/predictions';
import type { Predictions } from '../../core/run/runRecord';
import type { MisclassifiedImages, ValidationView } from '../../protocol/panels';

/** What a panel shows of a validation; undefined where the labels aren't known. */
export function validationView(predictions: Predictions, classes: number): ValidationView | undefined {
  const { labels, probabilities } = predictions;
  if (!labels) return undefined;
  requireClasses(predictions, classes);
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
