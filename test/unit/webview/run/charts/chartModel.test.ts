import { describe, expect, it } from 'vitest';
import {
  axisRange,
  describeChart,
  epochsOf,
  hasMarker,
  hasNoLogarithm,
  logAxisRange,
  pieces,
  valuesInView,
  valueAt,
} from '../../../../../webview/run/charts/chartModel';
import { makeLines, measures, runStyle } from '../../../../../webview/run/charts/measures';
import { smooth } from '../../../../../webview/run/charts/smoothing';
import { epochRecords, runRecord } from '../../../support/runRecord';

const [lossMeasure, accuracyMeasure, rateMeasure] = measures as [
  (typeof measures)[0],
  (typeof measures)[0],
  (typeof measures)[0],
];
const options = { smoothing: 0, training: true };

describe('the range of an axis', () => {
  it('leaves a margin, and stays between floor and ceiling', () => {
    expect(axisRange([0.9, 0.99], 0, 1)[0]).toBeCloseTo(0.891);
    expect(axisRange([0.9, 0.999], 0, 1)[1]).toBe(1);
    expect(axisRange([0.01, 0.5], 0, Infinity)[0]).toBe(0);
  });

  it('has a height even for a single value, for zero and for none', () => {
    for (const values of [[0.98], [0], [NaN], []]) {
      for (const [low, high] of [axisRange(values, 0, Infinity), logAxisRange(values)])
        expect(high).toBeGreaterThan(low);
    }
  });

  it('has a height for values that differ by rounding alone, as those of a smoothed constant do', () => {
    const smoothed = smooth(Array<number>(20).fill(0.9), 0.6);
    expect(new Set(smoothed).size).toBeGreaterThan(1);
    const [low, high] = axisRange(smoothed, 0, 1);
    expect(high - low).toBeGreaterThan(0.1);
  });

  it('is above zero where it is logarithmic', () => {
    const [low, high] = logAxisRange([0, 0.01, NaN, 1]);
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(0.01);
    expect(high).toBeGreaterThan(1);
  });
});

describe('the lines of a run', () => {
  const history = epochRecords([0.9, 0.95, 0.97, 0.96]);
  const run = {
    id: 'a',
    name: 'mine',
    run: runRecord({ config: { epochs: 2 }, networks: 2, keeps: 'last' }),
    history,
    slot: 0,
  };

  it('are its training and its validation, told apart by more than colour', () => {
    const [training, validation] = makeLines([run], lossMeasure, options);
    expect([training!.label, validation!.label]).toEqual(['training', 'validation']);
    expect([training!.dashed, validation!.dashed]).toEqual([false, true]);
    expect(training!.color).not.toBe(validation!.color);
    expect(training!.values).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
    expect(training!.kept).toEqual([2, 4]);
  });

  it('leave the validation out where there is none, and show the training then in any case', () => {
    const onAllRows = { ...run, history: epochRecords([undefined, undefined]) };
    expect(makeLines([onAllRows], lossMeasure, { ...options, training: false }).map(({ label }) => label)).toEqual([
      'training',
    ]);
    expect(makeLines([run], lossMeasure, { ...options, training: false }).map(({ label }) => label)).toEqual([
      'validation',
    ]);
    expect(makeLines([{ ...run, history: [] }], lossMeasure, options)).toEqual([]);
  });

  it('are smoothed but where their values are set', () => {
    const smoothed = { ...options, smoothing: 0.9 };
    const [training] = makeLines([run], lossMeasure, smoothed);
    expect(training!.values[1]).toBe(1 / 2);
    expect(training!.drawn[1]).toBeGreaterThan(1 / 2);
    // Another network starts over.
    expect(training!.drawn[2]).toBeCloseTo(1 / 3, 9);
    const [rate] = makeLines([run], rateMeasure, smoothed);
    expect(rate!.drawn).toBe(rate!.values);
  });

  it('are of one look a run where there are several, and of another for each', () => {
    const lines = makeLines([run, { ...run, id: 'b', slot: 1 }], accuracyMeasure, options);
    expect(lines.map(({ run: index }) => index)).toEqual([0, 0, 1, 1]);
    expect(lines[0]!.color).toBe(lines[1]!.color);
    expect(lines[0]!.color).not.toBe(lines[2]!.color);
    expect(lines[0]!.marker).not.toBe(lines[2]!.marker);
    const looks = Array.from({ length: 42 }, (_, slot) => Object.values(runStyle(slot)).join());
    expect(new Set(looks).size).toBe(42);
    // Seven by their markers alone.
    expect(new Set(Array.from({ length: 7 }, (_, slot) => runStyle(slot).marker)).size).toBe(7);
  });

  it('are in pieces: at each network, at what is no number, and at zero on a logarithmic scale', () => {
    const line = { epochs: [1, 2, 3, 4, 5], epochsPerNetwork: 2 };
    const epochs = (values: readonly number[], scale: 'linear' | 'log') =>
      pieces(line, values, scale).map(points => points.map(({ epoch }) => epoch));
    expect(epochs([1, 1, 1, 1, 1], 'linear')).toEqual([[1, 2], [3, 4], [5]]);
    expect(epochs([1, NaN, 1, 0, 1], 'linear')).toEqual([[1], [3, 4], [5]]);
    expect(epochs([1, NaN, 1, 0, 1], 'log')).toEqual([[1], [3], [5]]);
    expect(pieces({ ...line, epochsPerNetwork: 9 }, [1, NaN, 1, 1, 1], 'linear')).toHaveLength(2);
  });

  it('tell their values, those in view, and whether a logarithm has no place for one', () => {
    const lines = makeLines([run], rateMeasure, options);
    expect(valueAt(lines[0]!, 3)).toBe(0.001);
    expect(valueAt(lines[0]!, 9)).toBeUndefined();
    expect(valuesInView(makeLines([run], lossMeasure, { ...options, training: false }), { first: 2, last: 3 })).toEqual(
      [1 - 0.95, 1 - 0.97],
    );
    expect(epochsOf(lines)).toEqual([1, 2, 3, 4]);
    expect(hasNoLogarithm(lines)).toBe(false);
    expect(
      hasNoLogarithm(makeLines([{ ...run, history: [{ ...history[0]!, learningRate: 0 }] }], rateMeasure, options)),
    ).toBe(true);
  });
});

describe('markers', () => {
  const marked = (pixels: number, alone: boolean, run: number): number[] =>
    Array.from({ length: 100 }, (_, i) => i + 1).filter(hasMarker(pixels, alone, run));

  it('stand at each epoch where there is room, and vanish from the long curves of a single run', () => {
    expect(marked(20, true, 0)).toHaveLength(100);
    expect(marked(5, true, 0)).toEqual([]);
  });

  it('stay at some epochs of several runs, at others for each, since there they tell runs apart', () => {
    for (const run of [0, 1, 2, 3, 4, 5, 6]) {
      expect(marked(5, false, run).length).toBeGreaterThan(3);
      expect(marked(5, false, run).length).toBeLessThan(12);
    }
    expect(marked(5, false, 0).some(epoch => marked(5, false, 1).includes(epoch))).toBe(false);
  });
});

describe('a chart in words', () => {
  const line = (...values: readonly number[]) => [{ name: 'training', epochs: values.map((_, i) => i + 1), values }];

  it('says where the lines begin and end', () => {
    expect(describeChart('Loss', line(0.3, 0.2, 0.1), String)).toBe('Loss, epochs 1 to 3: training from 0.3 to 0.1.');
    expect(describeChart('Loss', line(0.3), String)).toBe('Loss, epoch 1: training 0.3.');
    expect(describeChart('Loss', line(), String)).toContain('no epoch');
  });
});
