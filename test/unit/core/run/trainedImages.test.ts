import { describe, expect, it } from 'vitest';
import { hashImages } from '../../../../src/core/data/imageHash';
import {
  changeOf,
  countTrained,
  decodeTrainedImages,
  encodeTrainedImages,
  type TrainedImages,
} from '../../../../src/core/run/trainedImages';

/** Images of 2x2 pixels, each of one value; the last is of the validation set. */
function images(values: readonly number[], changes: Partial<TrainedImages> = {}): TrainedImages {
  return {
    rows: Uint32Array.from(values, (_, i) => i + 1),
    classes: Uint16Array.from(values, (_, i) => i % 2),
    hashes: hashImages(Uint8Array.from(values.flatMap(value => [value, value, value, value])), 4),
    trained: Uint16Array.from(values, (_, i) => (i < values.length - 1 ? 1 : 0)),
    ...changes,
  };
}
const labels = [3, 8];
const before = images([1, 2, 3, 4]);

describe('the images of a run', () => {
  it('are the same once written and read', () => {
    expect(decodeTrainedImages(encodeTrainedImages(before), 'f')).toEqual(before);
    expect(() =>
      decodeTrainedImages(encodeTrainedImages({ ...before, trained: new Uint16Array(3) }), '/r/images.safetensors'),
    ).toThrow('/r/images.safetensors is damaged; delete this run and train again.');
  });

  it('are counted among others by what they show, those of the validation set apart', () => {
    expect(countTrained(before, before.hashes)).toBe(3);
    expect(countTrained(before, images([9, 3, 3, 4, 5]).hashes)).toBe(2);
  });

  it('differ in nothing where they are the same', () => {
    expect(changeOf(before, images([1, 2, 3, 4]), labels)).toBeUndefined();
  });

  it.each<[string, TrainedImages]>([
    ['it had 4 images and has 3', images([1, 2, 3])],
    ["row 2 can't be read any more", images([1, 3, 4, 5], { rows: Uint32Array.of(1, 3, 4, 5) })],
    ['the label of row 2 was 8 and is 3', images([1, 2, 3, 4], { classes: Uint16Array.of(0, 0, 0, 1) })],
    [
      '2 labels differ, the first in row 1, which was 3 and is 8',
      images([1, 2, 3, 4], { classes: Uint16Array.of(1, 0, 0, 1) }),
    ],
    ['the pixels of row 3 differ', images([1, 2, 9, 4])],
    ['the pixels of 2 rows differ, the first row 2', images([1, 3, 2, 4])],
    [
      'the label of row 1 was 3 and is 8; the pixels of row 4 differ',
      images([1, 2, 3, 9], { classes: Uint16Array.of(1, 1, 0, 1) }),
    ],
  ])('differ in words: %s', (words, now) => {
    expect(changeOf(before, now, labels)).toBe(words);
  });
});
