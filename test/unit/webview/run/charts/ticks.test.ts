import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochTicks, linearTicks, logTicks, tickLabels } from '../../../../../webview/run/charts/ticks';

const ranges = fc
  .tuple(fc.double({ min: 1e-6, max: 100, noNaN: true }), fc.double({ min: 1.0001, max: 1e6, noNaN: true }))
  .map(([low, factor]) => [low, low * factor] as const);
const most = fc.integer({ min: 3, max: 12 });

function expectTicks(ticks: readonly number[], low: number, high: number): void {
  ticks.forEach((tick, i) => {
    expect(tick).toBeGreaterThanOrEqual(low * (1 - 1e-9));
    expect(tick).toBeLessThanOrEqual(high * (1 + 1e-9));
    if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
  });
}

describe('ticks', () => {
  it('of an axis are round, within it, and not too many', () => {
    fc.assert(
      fc.property(ranges, most, ([low, high], n) => {
        const ticks = linearTicks(low, high, n);
        expectTicks(ticks, low, high);
        expect(ticks.length).toBeLessThanOrEqual(n + 1);
        expect(ticks.length).toBeGreaterThanOrEqual(1);
      }),
    );
    expect(linearTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(0.98, 0.9999, 4)).toEqual([0.98, 0.985, 0.99, 0.995]);
  });

  it('of a logarithmic axis are powers of ten and what lies between them, and not too many', () => {
    fc.assert(
      fc.property(ranges, most, ([low, high], n) => {
        const ticks = logTicks(low, high, n);
        expectTicks(ticks, low, high);
        expect(ticks.length).toBeLessThanOrEqual(n + 1);
      }),
    );
    expect(logTicks(0.03, 0.6, 6)).toEqual([0.05, 0.1, 0.2, 0.5]);
    expect(logTicks(1e-5, 1, 6)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(logTicks(1e-6, 1, 4)).toEqual([1e-6, 1e-4, 1e-2, 1]);
    // Too short for two of them.
    expect(logTicks(0.21, 0.29, 5)).toEqual([0.22, 0.24, 0.26, 0.28]);
    expect(logTicks(0.1, 0.1, 5)).toEqual([0.1]);
  });

  it('of epochs are whole, and thin out over a long run', () => {
    expect(epochTicks({ first: 1, last: 5 }, 10)).toEqual([1, 2, 3, 4, 5]);
    expect(epochTicks({ first: 1, last: 100 }, 10)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), most, (first, steps, n) => {
        const ticks = epochTicks({ first, last: first + steps }, n);
        expectTicks(ticks, first, first + steps);
        expect(ticks.every(Number.isInteger)).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(n + 1);
      }),
    );
  });

  it('have labels that differ, and no more digits than that takes', () => {
    expect(tickLabels([0.98, 0.985, 0.99])).toEqual(['0.980', '0.985', '0.990']);
    expect(tickLabels([99.51, 99.515, 99.52])).toEqual(['99.510', '99.515', '99.520']);
    expect(tickLabels([0, 0.2, 0.4])).toEqual(['0.0', '0.2', '0.4']);
    expect(tickLabels([0.001, 0.01, 0.1])).toEqual(['0.001', '0.01', '0.1']);
    expect(tickLabels([1e-8, 1e-6, 1e-4])).toEqual(['1e-8', '0.000001', '0.0001']);
    expect(tickLabels([0.01, 1])).toEqual(['0.01', '1.00']);
    expect(tickLabels([0, 1e-7, 2e-7])).toEqual(['0', '1e-7', '2e-7']);
    expect(tickLabels([3])).toEqual(['3']);
    fc.assert(
      fc.property(ranges, most, fc.boolean(), ([low, high], n, log) => {
        const labels = tickLabels(log ? logTicks(low, high, n) : linearTicks(low, high, n));
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });
});
