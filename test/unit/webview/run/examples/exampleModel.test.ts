import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misclassifiedExamples } from '../../../../../src/core/metrics';
import { everything, type ExampleFilter } from '../../../../../webview/run/examples/exampleFilter';
import {
  exampleLoss,
  selectExamples,
  unpackExamples,
  type ExampleSort,
} from '../../../../../webview/run/examples/exampleModel';

/** Mistakes as the host sends them, of a network that may have diverged. */
const mistakes = fc
  .array(
    fc.record({
      label: fc.nat({ max: 2 }),
      probabilities: fc.array(
        fc.oneof({ weight: 9, arbitrary: fc.float({ min: 0, max: 1, noNaN: true }) }, fc.constant(NaN)),
        { minLength: 3, maxLength: 3 },
      ),
    }),
    { maxLength: 40 },
  )
  .map(images => {
    const wrong = misclassifiedExamples(
      {
        rows: Uint32Array.from(images, (_, i) => (i * 7919) % 1009),
        labels: Uint16Array.from(images, ({ label }) => label),
        probabilities: Float32Array.from(images.flatMap(image => image.probabilities)),
      },
      3,
    );
    return {
      rows: Uint32Array.from(wrong, ({ row }) => row),
      labels: Uint16Array.from(wrong, ({ label }) => label),
      predicted: Uint16Array.from(wrong, ({ predicted }) => predicted),
      probabilities: Float32Array.from(wrong.flatMap(({ probabilities }) => probabilities)),
    };
  });

const filters = fc.record({
  label: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
  predicted: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
});

describe('misclassified images', () => {
  const misclassified = {
    rows: Uint32Array.of(30, 10, 20),
    labels: Uint16Array.of(1, 0, 1),
    predicted: Uint16Array.of(0, 1, 0),
    probabilities: Float32Array.of(0.75, 0.25, 0.375, 0.625, 0.5, 0.5),
  };
  const examples = unpackExamples(misclassified);
  const rowsOf = (filter: ExampleFilter, sort: ExampleSort): readonly number[] =>
    selectExamples(examples, filter, sort).map(({ row }) => row);

  it('come in the order that the host gave, each with its probabilities', () => {
    expect(rowsOf(everything, 'margin')).toEqual([30, 10, 20]);
    expect([...examples[1]!.probabilities]).toEqual([0.375, 0.625]);
    expect(exampleLoss(examples[0]!)).toBeCloseTo(Math.log(4), 6);
  });

  it('are sorted by loss, the largest first, or by row', () => {
    expect(rowsOf(everything, 'loss')).toEqual([30, 10, 20]);
    expect(rowsOf(everything, 'row')).toEqual([10, 20, 30]);
    expect(
      selectExamples(
        unpackExamples({ ...misclassified, probabilities: Float32Array.of(0.75, 0.25, 0.125, 0.875, 1, 0) }),
        everything,
        'loss',
      ).map(({ row }) => row),
    ).toEqual([20, 10, 30]);
  });

  it('are those of a true class, of a predicted one, or of both', () => {
    expect(rowsOf({ label: 1, predicted: 0 }, 'margin')).toEqual([30, 20]);
    expect(rowsOf({ label: 1, predicted: undefined }, 'row')).toEqual([20, 30]);
    expect(rowsOf({ label: undefined, predicted: 1 }, 'margin')).toEqual([10]);
    expect(rowsOf({ label: 1, predicted: 1 }, 'margin')).toEqual([]);
  });

  it('stay the same images in every order, and the order is what it says', () => {
    fc.assert(
      fc.property(mistakes, filters, (packed, filter) => {
        const all = unpackExamples(packed);
        const wanted = [...packed.rows].filter(
          (_, i) =>
            (filter.label ?? packed.labels[i]) === packed.labels[i] &&
            (filter.predicted ?? packed.predicted[i]) === packed.predicted[i],
        );
        const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);
        for (const sort of ['margin', 'loss', 'row'] as const)
          expect(ascending(selectExamples(all, filter, sort).map(({ row }) => row))).toEqual(ascending(wanted));
        const margins = selectExamples(all, filter, 'margin').map(
          ({ label, predicted, probabilities }) => probabilities[predicted]! - probabilities[label]! || 0,
        );
        margins.slice(1).forEach((margin, i) => expect(margin).toBeLessThanOrEqual(margins[i]!));
        const losses = selectExamples(all, filter, 'loss').map(exampleLoss);
        const known = losses.filter(loss => !Number.isNaN(loss));
        expect(losses.slice(0, known.length)).toEqual(known);
        known.slice(1).forEach((loss, i) => expect(loss).toBeLessThanOrEqual(known[i]!));
        expect(selectExamples(all, filter, 'row').map(({ row }) => row)).toEqual(ascending(wanted));
        // Sorting leaves what the host sent as it was.
        expect(all.map(({ row }) => row)).toEqual([...packed.rows]);
      }),
    );
  });

  it('may be none', () => {
    expect(
      unpackExamples({
        rows: new Uint32Array(),
        labels: new Uint16Array(),
        predicted: new Uint16Array(),
        probabilities: new Float32Array(),
      }),
    ).toEqual([]);
  });
});
