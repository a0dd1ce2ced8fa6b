import { describe, expect, it } from 'vitest';
import {
  labelOptions,
  noChoices,
  outcomeOptions,
  predictedOptions,
  sourceOf,
  toFilter,
} from '../../../../webview/preview/filterModel';
import { PredictionLookup } from '../../../../webview/preview/predictionLookup';
import { describeRow, isWrong } from '../../../../webview/preview/rowWords';

const lookup = new PredictionLookup({
  rows: Uint32Array.of(2, 5, 9),
  predicted: Int32Array.of(7, 1, 7),
  probabilities: Float32Array.of(0.5, 0.999, 0.001),
  labels: undefined,
});
const digit = { pixels: new Uint8Array(4), fullInk: 255 };

describe('what is chosen in the filter', () => {
  it('becomes a filter, or none', () => {
    expect(toFilter(noChoices)).toBeUndefined();
    expect(toFilter({ ...noChoices, source: 'a' })).toBeUndefined();
    expect(toFilter({ ...noChoices, label: '-1', outcome: 'wrong' })).toEqual({
      label: -1,
      predicted: undefined,
      outcome: 'wrong',
    });
    expect(toFilter({ ...noChoices, label: 'unreadable', predicted: '0' })).toEqual({
      label: 'unreadable',
      predicted: 0,
      outcome: undefined,
    });
    // Whatever an older version kept.
    expect(toFilter({ ...noChoices, label: 'x', predicted: '1e3', outcome: 'maybe' })).toBeUndefined();
  });

  it('is offered with the number of rows', () => {
    expect(
      labelOptions({ labels: [0, 7], counts: [12_000, 1], unreadable: 2 }, '').map(
        ({ value, name }) => `${value}: ${name}`,
      ),
    ).toEqual([': Any', '0: 0 (12,000)', '7: 7 (1)', "unreadable: Can't be read (2)"]);
    expect(predictedOptions(lookup, '').map(({ name }) => name)).toEqual(['Any', '1 (1)', '7 (2)']);
    expect(outcomeOptions.map(({ value }) => value)).toEqual(['', 'right', 'wrong']);
  });

  it('stays a choice when it is not known yet, or not found', () => {
    expect(labelOptions(undefined, '7').map(({ value }) => value)).toEqual(['', '7']);
    expect(labelOptions({ labels: [1], counts: [1], unreadable: 0 }, 'unreadable').map(({ value }) => value)).toEqual([
      '',
      '1',
      'unreadable',
    ]);
    expect(predictedOptions(undefined, '3').map(({ value }) => value)).toEqual(['', '3']);
  });

  it('means the newest predictions unless others were chosen', () => {
    const sources = ['new', 'old'].map(id => ({ id, stamp: '', name: id }));
    expect(sourceOf(sources, noChoices)?.id).toBe('new');
    expect(sourceOf(sources, { ...noChoices, source: 'old' })?.id).toBe('old');
    expect(sourceOf(sources, { ...noChoices, source: 'gone' })?.id).toBe('new');
    expect(sourceOf([], noChoices)).toBeUndefined();
  });
});

describe('predictions by row', () => {
  it('are there for the rows that have one', () => {
    expect(lookup.of(5)).toMatchObject({ label: 1, probability: expect.closeTo(0.999) });
    expect(lookup.of(4)).toBeUndefined();
    expect(lookup.of(10)).toBeUndefined();
    expect([lookup.count, lookup.longest]).toEqual([3, 1]);
  });
});

describe('a row in words', () => {
  it('has row, label and prediction', () => {
    const row = { digit, label: 7 };
    expect(describeRow(42_000, undefined, true)).toBe('Row 42,000');
    expect(describeRow(2, row, true)).toBe('Row 2, label 7');
    expect(describeRow(2, row, true, lookup.of(2))).toBe('Row 2, label 7, predicted 7 with probability 0.50: right');
    expect(describeRow(5, row, true, lookup.of(5))).toBe('Row 5, label 7, predicted 1 with probability >0.99: wrong');
    expect(describeRow(9, { digit, label: undefined }, false, lookup.of(9))).toBe(
      'Row 9, predicted 7 with probability <0.01',
    );
    expect(describeRow(9, { problem: 'bad' }, true, lookup.of(9))).toBe("Row 9 can't be read: bad");
  });

  it('is wrong only where label and prediction are known and differ', () => {
    const seven = { label: 7, probability: 1 };
    expect(isWrong({ digit, label: 1 }, seven)).toBe(true);
    expect(isWrong({ digit, label: 7 }, seven)).toBe(false);
    expect(isWrong({ digit, label: undefined }, seven)).toBe(false);
    expect(isWrong({ digit, label: 1 }, undefined)).toBe(false);
    expect(isWrong(undefined, seven)).toBe(false);
    expect(isWrong({ problem: 'bad' }, seven)).toBe(false);
  });
});
