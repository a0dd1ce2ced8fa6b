import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, describeBars, labelStride } from '../../../../webview/data/barChartModel';

describe('the axis of a bar chart', () => {
  it('goes from 0 to the highest bar or a little more, in a few equal round steps', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), most => {
        const ticks = axisTicks(most);
        const step = ticks[1]!;
        expect(ticks).toEqual(ticks.map((_, i) => i * step));
        expect(String(step)).toMatch(/^[125]0*$/);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(7);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
        // No step of it is empty.
        if (most > 0) expect(ticks.at(-2)).toBeLessThan(most);
      }),
    );
    expect(axisTicks(4684)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  });
});

describe('a bar chart', () => {
  it('names as many labels as have room', () => {
    expect(labelStride(10)).toBe(1);
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), labels => Math.ceil(labels / labelStride(labels)) <= 12));
  });

  it('is told in a sentence', () => {
    expect(describeBars([0, 1, 7], [{ name: 'train.csv', counts: [4132, 4684, 3795] }])).toBe(
      'Images of each label: train.csv from 3,795 (label 7) to 4,684 (label 1).',
    );
  });
});
