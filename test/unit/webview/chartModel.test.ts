import { describe, expect, it } from 'vitest';
import { axisRange, describeChart, epochRange } from '../../../webview/run/chartModel';

describe('the range of an axis', () => {
  it('leaves a margin, and stays between floor and ceiling', () => {
    expect(axisRange([0.9, 0.99], 0, 1)[0]).toBeCloseTo(0.891);
    expect(axisRange([0.9, 0.999], 0, 1)[1]).toBe(1);
    expect(axisRange([0.01, 0.5], 0, Infinity)[0]).toBe(0);
  });

  it('has a height even for a single value, for zero and for none', () => {
    for (const values of [[0.98], [0], [NaN], []]) {
      const [low, high] = axisRange(values, 0, Infinity);
      expect(high).toBeGreaterThan(low);
    }
  });

  it('shows all epochs that are planned, and more when there are more', () => {
    expect(epochRange(5, 1)).toEqual([0.5, 5.5]);
    expect(epochRange(5, 7)).toEqual([0.5, 7.5]);
  });
});

describe('a chart in words', () => {
  const series = (values: readonly number[]) => [{ label: 'training', color: 'charts-blue', dashed: false, values }];

  it('says where the lines begin and end', () => {
    expect(describeChart('Loss', [1, 2, 3], series([0.3, 0.2, 0.1]), String)).toBe('Loss, epochs 1 to 3: training from 0.3 to 0.1.');
    expect(describeChart('Loss', [1], series([0.3]), String)).toBe('Loss, epoch 1: training 0.3.');
    expect(describeChart('Loss', [], series([]), String)).toContain('no epoch');
  });
});
