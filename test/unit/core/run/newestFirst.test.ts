import { describe, expect, it } from 'vitest';
import { createdAfter, newestFirst } from '../../../../src/core/run/newestFirst';
import { parseRun } from '../../../../src/core/run/parseRun';
import { runRecord } from '../../support/runRecord';

const now = new Date('2026-11-22T10:00:00Z');

describe('the moment of something new', () => {
  it.each([
    [[], '2026-11-22T10:00:00.000Z'],
    [['2026-11-22T09:00:00.000Z'], '2026-11-22T10:00:00.000Z'],
    [['2026-11-22T10:00:00.000Z'], '2026-11-22T10:00:00.001Z'],
    [['2036-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'], '2036-01-01T00:00:00.001Z'],
    [['9999-12-31T23:59:59.999Z'], '9999-12-31T23:59:59.999Z'],
    // No run of ours is read with these, evaluations of earlier versions were.
    [['+275760-09-13T00:00:00.000Z'], '9999-12-31T23:59:59.999Z'],
    [['yesterday'], '2026-11-22T10:00:00.000Z'],
  ])('is now, or after all others: %j', (others, expected) => {
    const created = createdAfter(
      others.map(each => ({ created: each })),
      now,
    );
    expect(created).toBe(expected);
    expect(parseRun(JSON.stringify(runRecord({ created })), 'FILE').created).toBe(created);
  });

  it('leaves the order to the ids where no moment is left', () => {
    const [a, b] = ['a', 'b'].map(id => ({ id, created: '9999-12-31T23:59:59.999Z' }));
    expect([a!, b!].sort(newestFirst)).toEqual([b, a]);
  });
});
