import { describe, expect, it } from 'vitest';
import { findUnlabelled, withoutImages } from '../../../../src/core/data/unlabelled';

const labels = (...values: readonly number[]): { labels: Int32Array } => ({ labels: Int32Array.from(values) });

describe('images with the label -1', () => {
  it('are unlabelled among labels that are not negative', () => {
    expect(findUnlabelled(labels(3, -1, 4, -1))).toEqual([1, 3]);
    expect(findUnlabelled(labels(0, 1, -1))).toEqual([2]);
  });

  it.each([[[-1, 1, 1]], [[-1, -2, 3, 4]], [[-1, -1]], [[0, 1, 2]], [[-5, 0, 1]]])(
    'are a class like others, or none, among %j',
    values => {
      expect(findUnlabelled(labels(...values))).toEqual([]);
    },
  );

  it('are none in a file without labels', () => {
    expect(findUnlabelled({ labels: undefined })).toEqual([]);
  });

  it('are left out with their pixels and ids; the other rows keep their numbers', () => {
    const file = {
      format: { side: 1 },
      pixels: Uint8Array.of(1, 2, 3, 4),
      rowNumbers: Uint32Array.of(1, 3, 4, 7),
      labels: Int32Array.of(5, -1, 6, -1),
      ids: ['a', 'b', 'c', 'd'],
    };
    expect(withoutImages(file as never, [1, 3])).toMatchObject({
      pixels: Uint8Array.of(1, 3),
      rowNumbers: Uint32Array.of(1, 4),
      labels: Int32Array.of(5, 6),
      ids: ['a', 'c'],
    });
  });
});
