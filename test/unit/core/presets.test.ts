import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitNetwork, type LayerSpec } from '../../../src/core/network';
import { presets } from '../../../src/core/presets';
import type { PresetName } from '../../../src/core/presets';
import { makeSchedule } from '../../../src/training/run/schedule';

const names = Object.keys(presets) as PresetName[];

/** The side of what a network leaves of an image. */
function sideAfter(network: readonly LayerSpec[], side: number): number {
  return network.reduce((size, spec) => {
    if (spec.type === 'maxPool') return Math.floor(size / 2);
    return spec.type === 'conv' && spec.padding === 'valid' ? size - spec.size + 1 : size;
  }, side);
}

describe("a preset's network", () => {
  it('is left as it is for the images it was made for', () => {
    for (const name of names)
      expect(fitNetwork(presets[name].network, 28 - 2 * presets[name].crop)).toEqual(presets[name].network);
  });

  it('fits images of any side: something is left of them behind every layer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 1, max: 64 }), (name, side) => {
        const network = fitNetwork(presets[name].network, side);
        for (let layers = 1; layers <= network.length; layers++)
          expect(sideAfter(network.slice(0, layers), side)).toBeGreaterThan(0);
        // No convolution is lost.
        const convolutions = (list: readonly LayerSpec[]): number => list.filter(spec => spec.type === 'conv').length;
        expect(convolutions(network)).toBe(convolutions(presets[name].network));
      }),
    );
  });
});

describe('a schedule', () => {
  it('of one cycle rises to its peak and falls to nearly nothing, in straight lines', () => {
    const { rate } = makeSchedule({ type: 'oneCycle', peak: 1, warmUp: 0.2 }, 100);
    const rates = Array.from({ length: 100 }, (_, step) => rate(step));
    expect(rates[0]).toBeCloseTo(0.05);
    expect(rates[19]).toBe(1);
    expect(Math.max(...rates)).toBe(1);
    expect(rates[99]).toBeGreaterThan(0);
    expect(rates[99]).toBeLessThan(0.02);
    expect(rates.slice(20).every((value, i) => value < rates[19 + i]!)).toBe(true);
  });

  it('of one cycle is above zero in every step of however short a training', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (steps, warmUp) => {
        const { rate } = makeSchedule({ type: 'oneCycle', peak: 0.02, warmUp }, steps);
        for (let step = 0; step < steps; step++) {
          expect(rate(step)).toBeGreaterThan(0);
          expect(rate(step)).toBeLessThanOrEqual(0.02);
        }
      }),
    );
  });

  it('of the notebook is halved on a plateau', () => {
    const schedule = makeSchedule(presets.notebook.schedule, 100);
    for (const loss of [1, 1, 1, 1]) schedule.endEpoch(loss);
    expect(schedule.rate(50)).toBe(0.0005);
  });
});
