import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targets } from '../fuzz/targets';

/** Cases of each target; npm run fuzz tries as many as one likes. */
const cases = 400;

describe('whatever comes from outside', () => {
  it.each(targets.map(target => [target.name, target] as const))('%s', async (_, { property, holds }) => {
    expect(holds).toMatch(/^[A-Z].*\.$/);
    await fc.assert(property, { numRuns: cases });
  });
});
