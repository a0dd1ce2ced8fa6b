import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classMetrics } from '../../../../../webview/run/metrics/classMetrics';
import {
  accuracyWords,
  confidenceWords,
  metricColumns,
  metricText,
  nextSort,
  reasons,
  sortedClasses,
  whyUndefined,
} from '../../../../../webview/run/metrics/metricsModel';

const matrices = fc
  .integer({ min: 1, max: 8 })
  .chain(size =>
    fc.array(fc.array(fc.nat({ max: 3 }), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  );

describe('the table of metrics', () => {
  it('is sorted by any column, either way, what is undefined last and equals by class', () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom(...metricColumns), fc.boolean(), (confusion, column, descending) => {
        const metrics = classMetrics(confusion);
        const order = sortedClasses(metrics, { column, descending });
        expect([...order].sort((a, b) => a - b)).toEqual(metrics.map((_, index) => index));
        const value = (index: number): number | undefined => (column === 'class' ? index : metrics[index]![column]);
        order.slice(1).forEach((index, i) => {
          const [before, own] = [value(order[i]!), value(index)];
          if (own === undefined) return expect(before !== undefined || order[i]! < index).toBe(true);
          expect(before).toBeDefined();
          if (before === own) return expect(order[i]).toBeLessThan(index);
          expect(before! < own).toBe(!descending);
        });
      }),
    );
  });

  it('turns round by a second click on a column, and begins with the lowest in another', () => {
    const first = nextSort({ column: 'class', descending: false }, 'recall');
    expect(first).toEqual({ column: 'recall', descending: false });
    expect(nextSort(first, 'recall')).toEqual({ column: 'recall', descending: true });
    expect(nextSort({ column: 'recall', descending: true }, 'recall')).toEqual({ column: 'recall', descending: false });
    expect(nextSort({ column: 'recall', descending: true }, 'f1')).toEqual({ column: 'f1', descending: false });
  });

  it('shows a dash where a metric is not defined, with the reason', () => {
    expect(metricText(undefined)).toBe('–');
    expect(metricText(0)).toBe('0.00 %');
    expect(metricText(1)).toBe('100.00 %');
    expect(metricText(0.99999)).toBe('99.99 %');
    const metrics = classMetrics([
      [8, 0, 2, 0, 0],
      [5, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(whyUndefined(metrics[0]!)).toBeUndefined();
    expect(reasons(metrics, [10, 11, 12, 13, 14])).toEqual([
      'Classes 11, 13: never predicted, so there is no precision.',
      'Class 12: no image of it here, so there is no recall.',
      'Class 14: no image of it here and never predicted, so there is nothing to tell.',
    ]);
  });

  it('gives a reason for each class of which something is undefined, and for no other', () => {
    fc.assert(
      fc.property(matrices, confusion => {
        for (const metrics of classMetrics(confusion)) {
          expect(whyUndefined(metrics) === undefined).toBe(
            [metrics.precision, metrics.recall, metrics.f1].every(value => value !== undefined),
          );
        }
      }),
    );
  });
});

describe('the accuracy', () => {
  it('comes with its confidence interval, and says which one', () => {
    expect(
      accuracyWords(
        [
          [9000, 100],
          [24, 876],
        ],
        '10,000 images of test.csv',
      ),
    ).toBe(
      '98.76 % right of 10,000 images of test.csv; 95 % confidence interval 98.52 % to 98.96 % (Wilson score interval)',
    );
    expect(
      accuracyWords(
        [
          [0, 0],
          [0, 0],
        ],
        '0 images',
      ),
    ).toBe('No images.');
  });

  it('has how sure the network is beside it where labels were smoothed, by preset or by the user', () => {
    expect(confidenceWords(0.9007, { preset: 'balanced' })).toMatch(
      /probability of 90\.07 % on average\. .* smoothed by 0\.1,/,
    );
    expect(confidenceWords(0.9, { preset: 'notebook' })).toBeUndefined();
    expect(confidenceWords(0.9, { preset: 'notebook', overrides: { labelSmoothing: 0.2 } })).toContain(
      'smoothed by 0.2,',
    );
    expect(confidenceWords(0.9, { preset: 'balanced', overrides: { labelSmoothing: 0 } })).toBeUndefined();
    expect(confidenceWords(undefined, { preset: 'balanced' })).toBeUndefined();
  });
});
