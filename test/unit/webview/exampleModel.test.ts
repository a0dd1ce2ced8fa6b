import { describe, expect, it } from 'vitest';
import { selectExamples } from '../../../webview/run/exampleModel';

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
