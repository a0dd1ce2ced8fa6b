import path from 'node:path';
import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exchange } from '../../../../src/training/distributed/allReduce';
import { meet } from '../../../../src/training/distributed/peers';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
let crews = 0;

/** Replicas that meet as they do on Windows, by names, which here are of the file system. */
async function connected(count: number): Promise<Exchange[]> {
  const address = path.join(folder.path, `${crews++}-`);
  return Promise.all(
    Array.from({ length: count }, async (_, rank) => new Exchange(rank, await meet(address, rank, count))),
  );
}

const nothing = (): void => undefined;

describe('replicas that add up their arrays', () => {
  it('all come to the same sums, whatever their number and the size of the arrays', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 300_000 }),
        fc.integer({ min: 1, max: 3 }),
        async (count, length, rounds) => {
          const exchanges = await connected(count);
          for (let round = 0; round < rounds; round++) {
            const own = exchanges.map((_, rank) =>
              Float32Array.from({ length }, (_, i) => Math.sin(i * 7 + rank + round)),
            );
            const sums = await Promise.all(
              exchanges.map((exchange, rank) => exchange.sum(own[rank]!.slice(), nothing)),
            );
            const expected = own[0]!.map((value, i) =>
              own.slice(1).reduce((sum, other) => Math.fround(sum + other[i]!), value),
            );
            for (const sum of sums) expect(Buffer.from(sum.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
          }
          for (const exchange of exchanges) exchange.close();
        },
      ),
      { numRuns: 15 },
    );
  });

  it('wait for the slowest, and keep apart what the fast ones send ahead', async () => {
    const exchanges = await connected(2);
    const [fast, slow] = exchanges as [Exchange, Exchange];
    const first = fast.sum(Float32Array.of(1, 2), nothing);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect([...(await slow.sum(Float32Array.of(10, 20), nothing))]).toEqual([11, 22]);
    expect([...(await first)]).toEqual([11, 22]);
    const second = fast.sum(Float32Array.of(3, 4), nothing);
    expect([...(await slow.sum(Float32Array.of(30, 40), nothing))]).toEqual([33, 44]);
    expect([...(await second)]).toEqual([33, 44]);
    fast.close();
    slow.close();
  });

  it('leave nothing on the disk once they are connected', async () => {
    const exchanges = await connected(3);
    expect(fs.readdirSync(folder.path)).toEqual([]);
    for (const exchange of exchanges) exchange.close();
  });
});
