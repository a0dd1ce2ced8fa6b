import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PixelFile } from '../../../../src/core/csv/pixelFile';
import { checkData } from '../../../../src/core/data/checkData';

/** A file of images of 2x2 pixels with these labels. */
function fileWith(labels: readonly number[] | undefined, rowNumbers?: readonly number[]): PixelFile {
  const images = labels?.length ?? 3;
  return {
    pixels: new Uint8Array(images * 4),
    labels: labels && Int32Array.from(labels),
    rowNumbers: Uint32Array.from(rowNumbers ?? Array.from({ length: images }, (_, at) => at + 1)),
    ids: undefined,
    problems: [],
    rowCount: images,
    problemCount: 0,
    problemCounts: { columns: 0, missing: 0, label: 0, pixel: 0, quotes: 0, text: 0 },
    missingValues: 0,
    maxPixel: 0,
    format: {
      kind: 'train',
      delimiter: ',',
      columns: 5,
      labelColumn: 0,
      idColumn: undefined,
      firstPixel: 1,
      side: 2,
      dataOffset: 0,
    },
    fingerprint: { full: '', sampled: '' },
  };
}

// The counts of Kaggle's Digit Recognizer: sorted by size they would stand beside other digits.
const kaggleCounts = [4132, 4684, 4177, 4351, 4072, 3795, 4137, 4401, 4063, 4188];

describe('checkData', () => {
  it('puts each count beside its own digit', () => {
    const labels = kaggleCounts.flatMap((count, digit) => new Array<number>(count).fill(digit));
    // Mixed, as the file is, and with a digit first that is neither the smallest nor the most frequent.
    const mixed = Array.from(labels, (_, at) => labels[(at * 11_003 + 30_000) % labels.length]!);
    const check = checkData(fileWith(mixed), 'train.csv');
    expect(check.classes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(check.classCounts).toEqual(kaggleCounts);
    expect(check.images).toBe(42_000);
    expect(check.rareLabels).toEqual([]);
  });

  it('gives every image the class of its label, whatever the labels are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 1000 })), labels => {
        const { classes, classCounts, classIndices } = checkData(fileWith(labels), 'train.csv');
        expect(classes).toEqual([...classes].sort((a, b) => a - b));
        expect(Array.from(classIndices!, index => classes[index])).toEqual(labels);
        expect(classCounts).toEqual(classes.map(label => labels.filter(other => other === label).length));
      }),
    );
  });

  it('warns of labels seen once or twice among thousands, with their rows in the file', () => {
    const labels = Array.from({ length: 2000 }, (_, at) => at % 10);
    labels[3] = 33;
    labels[700] = 55;
    labels[1500] = 55;
    labels[17] = labels[18] = labels[19] = 77;
    const { rareLabels } = checkData(
      fileWith(
        labels,
        labels.map((_, at) => at + 101),
      ),
      'train.csv',
    );
    expect(rareLabels).toEqual([
      {
        label: 33,
        rows: [104],
        message: 'train.csv has the label 33 only once, in row 104, among 2000 images; correct it if it is a slip.',
      },
      {
        label: 55,
        rows: [801, 1601],
        message: 'train.csv has the label 55 only in rows 801 and 1601, among 2000 images; correct it if it is a slip.',
      },
    ]);
  });

  it('does not warn where few images are usual', () => {
    expect(checkData(fileWith([7, ...Array.from({ length: 900 }, (_, at) => at % 2)]), 'train.csv').rareLabels).toEqual(
      [],
    );
    expect(checkData(fileWith(Array.from({ length: 4000 }, (_, at) => at >> 1)), 'train.csv').rareLabels).toEqual([]);
  });

  it('has nothing to say of labels where there are none', () => {
    expect(checkData(fileWith(undefined), 'test.csv')).toMatchObject({
      images: 3,
      classes: [],
      classCounts: [],
      classIndices: undefined,
      rareLabels: [],
    });
  });

  it('counts rows with problems', () => {
    const file = {
      ...fileWith([1, 2]),
      rowCount: 7,
      problemCount: 5,
      problemCounts: { columns: 3, missing: 2, label: 0, pixel: 0, quotes: 0, text: 0 },
    };
    expect(checkData(file, 'train.csv')).toMatchObject({ rows: 7, images: 2, problemCount: 5, missing: 2 });
  });

  it('takes 65,536 classes and no more', () => {
    const labels = Array.from({ length: 65_537 }, (_, at) => at);
    expect(checkData(fileWith(labels.slice(1)), 'train.csv').classIndices!.at(-1)).toBe(65_535);
    expect(() => checkData(fileWith(labels), 'train.csv')).toThrow(expect.objectContaining({ code: 'mismatch' }));
  });
});
