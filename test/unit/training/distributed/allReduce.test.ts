import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { AllReduce } from '../../../../src/training/distributed/allReduce';
import { meet } from '../../../../src/training/distributed/peers';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
let groups = 0;
const sockets: (net.Socket | undefined)[] = [];

/** Workers that meet as they do on Windows, by names, which here are of the file system. */
async function connected(count: number): Promise<AllReduce[]> {
  const address = path.join(folder.path, `${groups++}-`);
  return Promise.all(
    Array.from({ length: count }, async (_, rank) => {
      const met = await meet(address, rank, count);
      sockets.push(...met);
      return new AllReduce(met);
    }),
  );
}

afterEach(() => {
  for (const socket of sockets.splice(0)) socket?.destroy();
});

const nothing = (): void => undefined;

describe('workers that add up their arrays', () => {
  it('all come to the same sums, whatever their number and the size of the arrays', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 300_000 }),
        fc.integer({ min: 1, max: 3 }),
        async (count, length, rounds) => {
          const group = await connected(count);
          for (let round = 0; round < rounds; round++) {
            const own = group.map((_, rank) => Float32Array.from({ length }, (_, i) => Math.sin(i * 7 + rank + round)));
            const sums = await Promise.all(group.map((allReduce, rank) => allReduce.sum(own[rank]!.slice(), nothing)));
            const expected = own[0]!.map((value, i) =>
              own.slice(1).reduce((sum, other) => Math.fround(sum + other[i]!), value),
            );
            for (const sum of sums) expect(Buffer.from(sum.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('wait for the slowest, and keep apart what the fast ones send ahead', async () => {
    const group = await connected(2);
    const [fast, slow] = group as [AllReduce, AllReduce];
    const first = fast.sum(Float32Array.of(1, 2), nothing);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect([...(await slow.sum(Float32Array.of(10, 20), nothing))]).toEqual([11, 22]);
    expect([...(await first)]).toEqual([11, 22]);
    const second = fast.sum(Float32Array.of(3, 4), nothing);
    expect([...(await slow.sum(Float32Array.of(30, 40), nothing))]).toEqual([33, 44]);
    expect([...(await second)]).toEqual([33, 44]);
  });

  it('leave nothing on the disk once they are connected', async () => {
    await connected(3);
    expect(fs.readdirSync(folder.path)).toEqual([]);
  });

  it.each<[string, readonly number[]]>([
    ['closes without a word', []],
    ['claims a rank that is not missing', [0]],
    ['claims a rank outside the group', [9]],
  ])('ignore a connection that %s', async (_, bytes) => {
    const address = path.join(folder.path, `${groups++}-`);
    const first = meet(address, 0, 2);
    const stranger = net.connect(`${address}0`);
    const closed = new Promise(resolve => stranger.once('close', resolve));
    stranger.resume().end(Uint8Array.from(bytes));
    await closed;
    const met = await Promise.all([first, meet(address, 1, 2)]);
    sockets.push(...met.flat());
    const [a, b] = met.map(sockets => new AllReduce(sockets)) as [AllReduce, AllReduce];
    const [sum] = await Promise.all([a.sum(Float32Array.of(1), nothing), b.sum(Float32Array.of(2), nothing)]);
    expect([...sum]).toEqual([3]);
  });
});
