import { describe, expect, it } from 'vitest';
import { bars, probability, selectExamples } from '../../../webview/run/exampleModel';

describe('misclassified images', () => {
  const misclassified = {
    rows: Uint32Array.of(30, 10, 20),
    labels: Uint16Array.of(1, 0, 1),
    predicted: Uint16Array.of(0, 1, 0),
    probabilities: Float32Array.of(0.75, 0.25, 0.375, 0.625, 0.5, 0.5),
  };

  it('come in the order that the host gave, each with its probabilities', () => {
    const examples = selectExamples(misclassified, undefined);
    expect(examples.map(({ row }) => row)).toEqual([30, 10, 20]);
    expect([...examples[1]!.probabilities]).toEqual([0.375, 0.625]);
  });

  it('are those of one cell of the matrix when it is chosen', () => {
    expect(selectExamples(misclassified, { label: 1, predicted: 0 }).map(({ row }) => row)).toEqual([30, 20]);
    expect(selectExamples(misclassified, { label: 1, predicted: 1 })).toEqual([]);
  });

  it('may be none', () => {
    expect(selectExamples({ rows: new Uint32Array(), labels: new Uint16Array(), predicted: new Uint16Array(), probabilities: new Float32Array() }, undefined)).toEqual([]);
  });
});

describe('the bars of an example', () => {
  it('are all classes in their order where they are few, the true and the predicted one named', () => {
    const result = bars({ row: 1, label: 2, predicted: 0, probabilities: Float32Array.of(0.5, 0.25, 0.25) });
    expect(result.map(({ index, role }) => [index, role])).toEqual([[0, 'predicted'], [1, undefined], [2, 'true']]);
  });

  it('are the most probable ones where they are many, and always the true class', () => {
    const probabilities = Float32Array.from({ length: 47 }, (_, i) => i / 1000);
    const result = bars({ row: 1, label: 3, predicted: 46, probabilities });
    expect(result).toHaveLength(11);
    expect(result[0]).toMatchObject({ index: 46, role: 'predicted' });
    expect(result.at(-1)).toMatchObject({ index: 3, role: 'true' });
    expect(bars({ row: 1, label: 45, predicted: 46, probabilities })).toHaveLength(10);
  });

  it('never say that what is possible is impossible, or what is unsure certain', () => {
    expect(probability(0)).toBe('0.00');
    expect(probability(0.001)).toBe('<0.01');
    expect(probability(0.999)).toBe('>0.99');
    expect(probability(1)).toBe('1.00');
    expect(probability(0.126)).toBe('0.13');
    expect(probability(NaN)).toBe('–');
  });
});
