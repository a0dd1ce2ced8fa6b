import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allEpochs,
  between,
  fit,
  including,
  isFull,
  zoomIn,
  zoomOut,
  type EpochRange,
} from '../../../../../webview/run/charts/epochRange';
import { keyLeadsTo } from '../../../../../webview/run/charts/chartKeys';

/** All epochs of a run, a range of them in view, and an epoch in that. */
const places = fc.integer({ min: 2, max: 300 }).chain(last =>
  fc
    .tuple(fc.integer({ min: 1, max: last - 1 }), fc.nat({ max: last }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([first, steps, share]) => {
      const full: EpochRange = { first: 1, last };
      const range: EpochRange = { first, last: Math.min(first + Math.max(steps, 1), last) };
      return { full, range, epoch: range.first + Math.round(share * (range.last - range.first)) };
    }),
);

function isWithin(range: EpochRange, full: EpochRange): boolean {
  return (
    range.first >= full.first &&
    range.last <= full.last &&
    range.last > range.first &&
    Number.isInteger(range.first) &&
    Number.isInteger(range.last)
  );
}

describe('the epochs in view', () => {
  it('are all that are planned, and more where there are more', () => {
    expect(allEpochs(5, 1)).toEqual({ first: 1, last: 5 });
    expect(allEpochs(5, 7)).toEqual({ first: 1, last: 7 });
    expect(allEpochs(0, 0)).toEqual({ first: 1, last: 1 });
  });

  it('stay among all epochs, and around the marked one, when they get fewer', () => {
    fc.assert(
      fc.property(places, ({ full, range, epoch }) => {
        const next = zoomIn(range, full, epoch);
        expect(isWithin(next, full)).toBe(true);
        expect(next.first).toBeLessThanOrEqual(epoch);
        expect(next.last).toBeGreaterThanOrEqual(epoch);
        if (range.last - range.first > 1) expect(next.last - next.first).toBeLessThan(range.last - range.first);
      }),
    );
  });

  it('lose none when they get more, and are all of them in the end', () => {
    fc.assert(
      fc.property(places, ({ full, range, epoch }) => {
        let next = zoomOut(range, full, epoch);
        expect(isWithin(next, full)).toBe(true);
        expect(next.first).toBeLessThanOrEqual(range.first);
        expect(next.last).toBeGreaterThanOrEqual(range.last);
        for (let i = 0; i < 10; i++) next = zoomOut(next, full, epoch);
        expect(isFull(next, full)).toBe(true);
      }),
    );
  });

  it('move no further than the marked epoch needs', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 300 }), ({ full, range }, wanted) => {
        const epoch = Math.min(wanted, full.last);
        const next = including(range, full, epoch);
        expect(isWithin(next, full)).toBe(true);
        expect(next.last - next.first).toBe(range.last - range.first);
        expect(next.first <= epoch && epoch <= next.last).toBe(true);
        if (epoch >= range.first && epoch <= range.last) expect(next).toEqual(range);
      }),
    );
  });

  it('are those that a drag goes over, in either direction, and two at least', () => {
    const full = { first: 1, last: 10 };
    expect(between(2.6, 7.2, full)).toEqual({ first: 3, last: 7 });
    expect(between(7.2, 2.6, full)).toEqual({ first: 3, last: 7 });
    expect(between(4.1, 4.2, full)).toEqual({ first: 4, last: 5 });
    expect(between(9.9, 10.4, full)).toEqual({ first: 9, last: 10 });
  });

  it('are what is left of a zoom that was kept, once there are fewer epochs', () => {
    expect(fit({ first: 40, last: 60 }, { first: 1, last: 10 })).toEqual({ first: 1, last: 10 });
    expect(fit({ first: 8, last: 12 }, { first: 1, last: 10 })).toEqual({ first: 6, last: 10 });
    expect(fit({ first: 1, last: 1 }, { first: 1, last: 1 })).toEqual({ first: 1, last: 1 });
  });
});

describe('keys in a chart', () => {
  const full = { first: 1, last: 20 };
  const ended = { first: 1, last: 12 };

  it('lead to an epoch that has ended, which is then in view', () => {
    fc.assert(
      fc.property(
        places,
        fc.constantFrom('ArrowLeft', 'ArrowRight', 'Home', 'End', '+', '-', '0'),
        fc.boolean(),
        ({ full: all, range, epoch }, key, marked) => {
          const over = { first: 1, last: Math.max(range.first, 2) };
          const start = marked ? Math.min(epoch, over.last) : undefined;
          const next = keyLeadsTo(key, { epoch: start, range }, all, over)!;
          expect(isWithin(next.range, all)).toBe(true);
          if (/^[A-Z]/.test(key)) {
            expect(next.epoch).toBeGreaterThanOrEqual(1);
            expect(next.epoch).toBeLessThanOrEqual(over.last);
            expect(next.epoch! >= next.range.first && next.epoch! <= next.range.last).toBe(true);
          } else {
            expect(next.epoch).toBe(start);
          }
        },
      ),
    );
  });

  it('begin with what is in view, go on by one, and stop at the ends', () => {
    const range = { first: 3, last: 8 };
    const press = (key: string, epoch?: number) => keyLeadsTo(key, { epoch, range }, full, ended);
    expect(press('ArrowRight')?.epoch).toBe(3);
    expect(press('ArrowLeft')?.epoch).toBe(8);
    expect(press('ArrowRight', 8)).toEqual({ epoch: 9, range: { first: 4, last: 9 } });
    expect(press('ArrowRight', 12)?.epoch).toBe(12);
    expect(press('End', 3)?.epoch).toBe(12);
    expect(press('Escape', 3)).toEqual({ epoch: undefined, range });
    expect(press('Escape')).toBeUndefined();
    expect(press('a', 3)).toBeUndefined();
    expect(press('0', 3)?.range).toEqual(full);
  });
});
