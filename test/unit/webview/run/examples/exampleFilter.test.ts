import { describe, expect, it } from 'vitest';
import { everything, filterWords, passes, sameFilter } from '../../../../../webview/run/examples/exampleFilter';

describe('a filter of misclassified images', () => {
  it('lets through what it names, and any class where it names none', () => {
    const example = { label: 4, predicted: 0 };
    expect(passes(everything, example)).toBe(true);
    // Class 0 is a class as well.
    for (const [label, predicted, expected] of [
      [4, 0, true],
      [4, undefined, true],
      [undefined, 0, true],
      [0, undefined, false],
      [undefined, 4, false],
      [4, 1, false],
      [0, 4, false],
    ] as const) {
      expect(passes({ label, predicted }, example)).toBe(expected);
    }
  });

  it('is told in words, by the labels of its classes', () => {
    const classes = [10, 20, 30];
    expect(filterWords({ label: 0, predicted: 2 }, classes)).toBe('true 10 → predicted 30');
    expect(filterWords({ label: 1, predicted: undefined }, classes)).toBe('true 20');
    expect(filterWords({ label: undefined, predicted: 0 }, classes)).toBe('predicted 10');
    expect(filterWords(everything, classes)).toBe('');
  });

  it('is the same as one that names the same classes', () => {
    expect(sameFilter({ label: 0, predicted: undefined }, { label: 0, predicted: undefined })).toBe(true);
    expect(sameFilter({ label: 0, predicted: undefined }, everything)).toBe(false);
    expect(sameFilter({ label: 0, predicted: 1 }, { label: 1, predicted: 0 })).toBe(false);
  });
});
