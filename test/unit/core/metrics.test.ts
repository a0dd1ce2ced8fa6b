import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  argMax,
  confusionMatrix,
  countLabels,
  misclassifiedExamples,
  wilsonInterval,
} from '../../../src/core/metrics';

/** Class indices of the same images: true and predicted. */
const answers = fc.integer({ min: 1, max: 12 }).chain(classes => {
  const index = fc.nat({ max: classes - 1 });
  return fc.record({ classes: fc.constant(classes), pairs: fc.array(fc.tuple(index, index)) });
});

describe('metrics', () => {
  it('takes the most probable class, the first of equals', () => {
    expect(argMax(Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.2, 0.4, 0, 0, 1), 3)).toEqual([1, 0, 2]);
    expect(argMax(new Float32Array(0), 3)).toEqual([]);
  });

  it('counts images by true class (row) and predicted class (column)', () => {
    expect(confusionMatrix([0, 0, 1, 2], [0, 1, 1, 0], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    fc.assert(
      fc.property(answers, ({ classes, pairs }) => {
        const labels = pairs.map(([label]) => label);
        const predicted = pairs.map(([, guess]) => guess);
        const matrix = confusionMatrix(labels, predicted, classes);
        const countsOf = (list: readonly number[]): readonly number[] =>
          Array.from({ length: classes }, (_, index) => countLabels(list).get(index) ?? 0);
        expect(matrix.map(row => row.reduce((sum, count) => sum + count, 0))).toEqual(countsOf(labels));
        expect(matrix.map((_, column) => matrix.reduce((sum, row) => sum + row[column]!, 0))).toEqual(
          countsOf(predicted),
        );
        const diagonal = matrix.reduce((sum, row, index) => sum + row[index]!, 0);
        expect(accuracy(labels, predicted)).toBeCloseTo(pairs.length === 0 ? 0 : diagonal / pairs.length, 12);
      }),
    );
  });

  it('gives the 95 % confidence interval of a share by Wilson', () => {
    // Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
    const known = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [right, total, low, high] of known) {
      expect(wilsonInterval(right, total).low).toBeCloseTo(low, 4);
      expect(wilsonInterval(right, total).high).toBeCloseTo(high, 4);
    }
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), (right, wrong) => {
        const { low, high } = wilsonInterval(right, right + wrong);
        const share = right + wrong === 0 ? 0.5 : right / (right + wrong);
        expect(low >= 0 && low <= share + 1e-12 && high >= share - 1e-12 && high <= 1).toBe(true);
      }),
    );
  });

  it('lists all misclassified images, the surest mistake first, then by row', () => {
    const examples = misclassifiedExamples(
      {
        rows: Uint32Array.of(40, 7, 9, 11, 3),
        labels: Uint16Array.of(0, 1, 2, 0, 0),
        probabilities: Float32Array.of(0.25, 0.75, 0, 0.5, 0.25, 0.25, 0, 0, 1, 0.125, 0, 0.875, 0.25, 0.75, 0),
      },
      3,
    );
    expect(examples.map(({ row, label, predicted }) => [row, label, predicted])).toEqual([
      [11, 0, 2],
      [3, 0, 1],
      [40, 0, 1],
      [7, 1, 0],
    ]);
    expect(examples[0]!.probabilities).toEqual([0.125, 0, 0.875]);
  });

  it('finds as many misclassified images as accuracy leaves, in falling order', () => {
    const image = fc.record({
      row: fc.nat(),
      label: fc.nat({ max: 3 }),
      probabilities: fc.tuple(
        ...[0, 1, 2, 3].map(() => fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constant(NaN))),
      ),
    });
    fc.assert(
      fc.property(fc.array(image), images => {
        const predictions = {
          rows: Uint32Array.from(images, ({ row }) => row),
          labels: Uint16Array.from(images, ({ label }) => label),
          probabilities: Float32Array.from(images.flatMap(({ probabilities }) => probabilities)),
        };
        const examples = misclassifiedExamples(predictions, 4);
        const share = accuracy(predictions.labels, argMax(predictions.probabilities, 4));
        expect(examples).toHaveLength(Math.round(images.length * (1 - share)));
        const margins = examples.map(
          ({ label, predicted, probabilities }) => probabilities[predicted]! - probabilities[label]! || 0,
        );
        expect(margins).toEqual([...margins].sort((a, b) => b - a));
      }),
    );
  });

  it('knows of no mistakes where the labels are unknown', () => {
    expect(
      misclassifiedExamples(
        { rows: Uint32Array.of(1), labels: undefined, probabilities: Float32Array.of(0.5, 0.5) },
        2,
      ),
    ).toEqual([]);
  });
});
