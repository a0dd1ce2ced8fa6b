import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classMetrics, macroMean } from '../../../../../webview/run/metrics/classMetrics';
import { confusionMatrix } from '../../../../../src/core/metrics';

/** Class indices of the same images: true and predicted. */
const answers = fc.integer({ min: 1, max: 8 }).chain(classes => {
  const index = fc.nat({ max: classes - 1 });
  return fc.record({ classes: fc.constant(classes), pairs: fc.array(fc.tuple(index, index)) });
});

describe('the metrics of a class', () => {
  it('are what a textbook says of a small case', () => {
    // Class 1: 3 of 4 taken for it are of it, 3 of its 5 were recognised.
    const [, second] = classMetrics([
      [4, 1, 0],
      [1, 3, 1],
      [0, 0, 2],
    ]);
    expect(second).toEqual({ support: 5, predicted: 4, precision: 3 / 4, recall: 3 / 5, f1: 2 / 3 });
  });

  it('are what counting the images one by one gives', () => {
    fc.assert(
      fc.property(answers, ({ classes, pairs }) => {
        const metrics = classMetrics(
          confusionMatrix(
            pairs.map(([label]) => label),
            pairs.map(([, guess]) => guess),
            classes,
          ),
        );
        expect(metrics).toHaveLength(classes);
        metrics.forEach((each, index) => {
          const own = pairs.filter(([label]) => label === index);
          const taken = pairs.filter(([, guess]) => guess === index);
          const right = own.filter(([, guess]) => guess === index).length;
          expect(each.support).toBe(own.length);
          expect(each.predicted).toBe(taken.length);
          expect(each.precision).toBe(taken.length === 0 ? undefined : right / taken.length);
          expect(each.recall).toBe(own.length === 0 ? undefined : right / own.length);
          if (each.precision && each.recall)
            expect(each.f1).toBeCloseTo(2 / (1 / each.precision + 1 / each.recall), 12);
          else expect(each.f1).toBe(own.length + taken.length === 0 ? undefined : 0);
        });
      }),
    );
  });

  it('are averaged over the classes that have them, each counting the same', () => {
    // Class 1 is never predicted, class 2 has no images.
    const metrics = classMetrics([
      [8, 0, 2],
      [5, 0, 0],
      [0, 0, 0],
    ]);
    expect(macroMean(metrics, 'precision')).toEqual({ mean: (8 / 13 + 0) / 2, of: 2 });
    expect(macroMean(metrics, 'recall')).toEqual({ mean: (0.8 + 0) / 2, of: 2 });
    expect(macroMean(metrics, 'f1')).toEqual({ mean: 16 / 23 / 3, of: 3 });
    expect(macroMean(classMetrics([[0]]), 'recall')).toEqual({ mean: undefined, of: 0 });
  });
});
