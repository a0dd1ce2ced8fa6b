import { describe, expect, it } from 'vitest';
import type { ImagePage } from '../../../../../src/protocol/imagePage';
import { RowImages } from '../../../../../webview/run/examples/rowImages';

const settled = (): Promise<unknown> => new Promise(resolve => setTimeout(resolve));

/** A file of images, of one pixel by default, whose value is the row; it has the rows up to 200. */
function setUp(side = 1) {
  const asked: (readonly number[])[] = [];
  const failures: unknown[] = [];
  let fails = false;
  const images = new RowImages({
    side,
    fullInk: 255,
    fetch: async (rows): Promise<ImagePage> => {
      asked.push(rows);
      if (fails) throw new Error('gone');
      const known = rows.filter(row => row <= 200);
      const pixels = new Uint8Array(known.length * side ** 2);
      known.forEach((row, i) => pixels.fill(row, i * side ** 2, (i + 1) * side ** 2));
      return { rows: Uint32Array.from(known), labels: undefined, pixels, problems: [] };
    },
    changed: () => undefined,
    failed: error => failures.push(error),
  });
  return { images, asked, failures, fail: () => (fails = true) };
}

describe('images of rows', () => {
  it('are fetched once, in the order asked for', async () => {
    const { images, asked } = setUp();
    images.want([30, 10, 20]);
    await settled();
    images.want([20, 40]);
    await settled();
    expect(asked).toEqual([[30, 10, 20], [40]]);
    expect(images.get(10)?.pixels).toEqual(Uint8Array.of(10));
  });

  it('are not asked for again where the file has none', async () => {
    const { images, asked } = setUp();
    images.want([150, 999]);
    await settled();
    images.want([150, 999]);
    await settled();
    expect(asked).toHaveLength(1);
    expect(images.get(999)).toBeUndefined();
  });

  it('are given up when they are no longer wanted', async () => {
    const { images, asked } = setUp();
    images.want(Array.from({ length: 150 }, (_, i) => i + 1));
    images.want([200]);
    await settled();
    expect(asked).toEqual([Array.from({ length: 64 }, (_, i) => i + 1), [200]]);
  });

  it('are kept by their use within 32 MB, and fetched again after that', async () => {
    const { images, asked } = setUp(1024);
    for (let row = 1; row <= 40; row++) {
      images.want(row === 1 ? [1] : [1, row]);
      await settled();
    }
    images.want([1, 40]);
    await settled();
    expect(asked).toEqual(Array.from({ length: 40 }, (_, i) => [i + 1]));
    images.want([2]);
    await settled();
    expect(asked.slice(40)).toEqual([[2]]);
  });

  it('say why they do not come', async () => {
    const { images, failures, fail } = setUp();
    fail();
    images.want([1]);
    await settled();
    expect(failures).toHaveLength(1);
  });
});
