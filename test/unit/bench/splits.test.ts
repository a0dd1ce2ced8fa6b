import { describe, expect, it } from 'vitest';
import { splitIndices, splits, TEST_ROWS } from '../../../bench/lib/splits.mjs';
import { shuffledIndices } from '../../../scripts/lib/mnist.mjs';

const { development, final } = splits;
const testOf = (name: string): Uint32Array => splitIndices(name).test;

describe('splits of the images', () => {
  it('test no image twice, and none that a choice was made by on a final split', () => {
    const all = [...Object.keys(development), ...Object.keys(final)].flatMap(name => [...testOf(name)]);
    expect(new Set(all).size).toBe(all.length);
    // The sample's test.csv, by which the presets were chosen, is of the development splits.
    const chosenBy = new Set(shuffledIndices(70_000, 1).subarray(42_000));
    expect(
      Object.keys(final)
        .flatMap(name => [...testOf(name)])
        .filter(image => chosenBy.has(image)),
    ).toEqual([]);
    expect(new Set(Object.keys(development).flatMap(name => [...testOf(name)]))).toEqual(chosenBy);
  });

  it('train on 42,000 images, none of them tested on', () => {
    for (const name of [...Object.keys(development), ...Object.keys(final)]) {
      const { train, test } = splitIndices(name);
      expect(test).toHaveLength(TEST_ROWS);
      const images = new Set(train);
      expect(images.size).toBe(42_000);
      expect(test.some(image => images.has(image))).toBe(false);
    }
  });
});
