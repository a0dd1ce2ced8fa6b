import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lru } from '../../../src/core/lru';

describe('a map in the order of use', () => {
  it('drops first what was used least recently', () => {
    const lru = new Lru([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    expect(lru.use('a')).toBe(1);
    lru.set('b', 4);
    lru.trim(2);
    expect([...lru]).toEqual([
      ['a', 1],
      ['b', 4],
    ]);
  });

  it('counts no look at a value as use, and knows nothing of a key that is not there', () => {
    const lru = new Lru([
      ['a', 1],
      ['b', 2],
    ]);
    expect([lru.get('a'), lru.has('a'), lru.use('c')]).toEqual([1, true, undefined]);
    expect([...lru.keys()]).toEqual(['a', 'b']);
  });

  it('keeps after any uses the most recent ones, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 })), fc.nat({ max: 12 }), (uses, most) => {
        const lru = new Lru<number, string>();
        for (const key of uses) if (lru.use(key) === undefined) lru.set(key, `value ${key}`);
        lru.trim(most);
        const recent = [...new Set(uses.toReversed())].slice(0, most).reverse();
        expect([...lru]).toEqual(recent.map(key => [key, `value ${key}`]));
      }),
    );
  });
});
