import { describe, expect, it } from 'vitest';
import type { DataFacts, FileFacts } from '../../../../src/core/data/dataFacts';
import type { Duplicates } from '../../../../src/core/data/duplicates';
import {
  changeWords,
  duplicateKinds,
  groupTitle,
  labelSeries,
  listed,
  meanZoom,
  missingWords,
  noDuplicates,
  progressTitle,
  reason,
  rowWords,
  share,
  toDigits,
  summary,
} from '../../../../webview/data/dataModel';

const none = { groups: 0, rows: 0 };
const nothingTwice: Duplicates = {
  groupCount: 0,
  counts: { labels: none, across: none, train: none, test: none },
  groups: [],
  pixels: new Uint8Array(),
};

function file(more: Partial<FileFacts>): FileFacts {
  return {
    role: 'train',
    name: 'train.csv',
    side: 2,
    hasLabels: true,
    rows: 3,
    images: 3,
    classes: [1, 4],
    classCounts: [2, 1],
    rareLabels: [],
    problemCount: 0,
    problems: [],
    missingRows: 0,
    missingValues: 0,
    pixelRange: [0, 255],
    fullInk: 255,
    means: new Uint8Array(8),
    ...more,
  };
}
const test = (more: Partial<FileFacts> = {}): FileFacts =>
  file({
    role: 'test',
    name: 'test.csv',
    hasLabels: false,
    classes: [],
    classCounts: [],
    means: new Uint8Array(),
    ...more,
  });
const facts = (files: DataFacts['files'], duplicates: Partial<Duplicates> = {}): DataFacts => ({
  files,
  duplicates: { ...nothingTwice, ...duplicates },
});
const names = { train: 'train.csv', test: 'test.csv' };

describe('the words of the data page', () => {
  it('sum up what a data set holds', () => {
    expect(summary(facts([file({ images: 42_000, rows: 42_000 }), test({ images: 28_000 })]))).toBe(
      'train.csv has 42,000 images with 2 labels. test.csv has 28,000 images without labels. Every row can be read. No image occurs twice.',
    );
    const counts = { ...nothingTwice.counts, labels: { groups: 2, rows: 5 } };
    expect(
      summary(
        facts(
          [
            file({ problemCount: 1 }),
            { role: 'test', name: 'test.csv', code: 'empty-file', message: 'test.csv is empty.' },
          ],
          { groupCount: 3, counts },
        ),
      ),
    ).toBe(
      "train.csv has 3 images with 2 labels. 1 row can't be read. 3 images occur more than once, 2 of them with different labels.",
    );
    expect(summary(facts([file({})], { groupCount: 1 }))).toContain('1 image occurs more than once.');
  });

  it('say which files changed', () => {
    const train = { name: 'train.csv', change: 'changed' } as const;
    const gone = { name: 'test.csv', change: 'gone' } as const;
    expect(changeWords([train], true)).toBe('train.csv changed on disk; this is what it held before.');
    expect(changeWords([train, { ...gone, change: 'changed' }], true)).toBe(
      'train.csv and test.csv changed on disk; this is what they held before.',
    );
    expect(changeWords([train, gone, { name: 'mine.csv', change: 'new' }], true)).toBe(
      'train.csv changed on disk; this is what it held before. test.csv was deleted or moved; this is what it held before. Put it back, or reload the page without it. mine.csv is new; reload the page to read it.',
    );
    expect(changeWords([{ ...train, change: 'gone' }, gone], false)).toBe(
      'train.csv and test.csv were deleted or moved; this is what they held before. Put them back to read them again.',
    );
    expect(listed([1, 2, 3])).toBe('1, 2 and 3');
  });

  it('say what is done', () => {
    expect(progressTitle({ phase: 'reading', file: 'train.csv', share: 0 })).toBe('Reading train.csv');
    expect(progressTitle({ phase: 'comparing', share: 0.9 })).toBe('Looking for images that occur twice');
  });

  it('count missing values, and the rows that miss them', () => {
    expect(missingWords({ missingValues: 0, missingRows: 0 })).toBe('none');
    expect(missingWords({ missingValues: 3, missingRows: 2 })).toBe('3 in 2 rows');
    expect(missingWords({ missingValues: 2, missingRows: 0 })).toBe('2');
  });

  it('put the counts of all files beside their labels', () => {
    expect(labelSeries(facts([file({}), test()]))).toEqual({
      labels: [1, 4],
      series: [{ name: 'train.csv', counts: [2, 1] }],
    });
    const labelled = test({ hasLabels: true, classes: [0, 4], classCounts: [7, 8] });
    expect(labelSeries(facts([file({}), labelled]))).toEqual({
      labels: [0, 1, 4],
      series: [
        { name: 'train.csv', counts: [0, 2, 1] },
        { name: 'test.csv', counts: [7, 0, 8] },
      ],
    });
  });

  it('give shares with one digit', () => {
    expect(share(4684, 42_000)).toBe('11.2 %');
    expect(share(0, 0)).toBe('–');
  });

  it('name only kinds of duplicates that there can be', () => {
    expect(duplicateKinds([test()]).map(({ kind }) => kind)).toEqual(['test']);
    expect(duplicateKinds([file({}), test()])).toEqual([
      { kind: 'labels', words: 'The same image with different labels' },
      { kind: 'across', words: 'In train.csv and test.csv' },
      { kind: 'train', words: 'More than once in train.csv' },
      { kind: 'test', words: 'More than once in test.csv' },
    ]);
  });

  it('say where no image was found twice', () => {
    expect(noDuplicates([file({})])).toBe('No image occurs twice in train.csv.');
    expect(noDuplicates([file({}), test()])).toBe(
      'No image occurs twice: not within train.csv, not within test.csv, and none is in both.',
    );
  });

  it('say what is odd about an image, and where it is', () => {
    const rows = [
      { role: 'train', row: 12, label: 4 },
      { role: 'test', row: 1033, label: undefined },
    ] as const;
    expect(groupTitle({ rows, rowCount: 2, labels: [4] }, names)).toBe('In train.csv and test.csv');
    expect(groupTitle({ rows: [rows[0], rows[0]], rowCount: 2, labels: [4, 9] }, names)).toBe(
      'Different labels: 4 and 9',
    );
    expect(groupTitle({ rows: [rows[0], rows[0]], rowCount: 2, labels: [4] }, names)).toBe('Twice in train.csv');
    expect(groupTitle({ rows: [rows[0], rows[0]], rowCount: 2000, labels: [4] }, names)).toBe(
      '2,000 times in train.csv',
    );
    expect(rows.map(row => rowWords(row, names))).toEqual(['train.csv row 12, labelled 4', 'test.csv row 1,033']);
  });

  it('give the reason of a bad row without its place, which stands beside it', () => {
    const problem = { kind: 'label', row: 2, line: 4 } as const;
    expect(
      reason(
        { ...problem, message: 'train.csv, row 2 (line 4) has no label; fill it in or delete the row.' },
        'train.csv',
      ),
    ).toBe('Has no label; fill it in or delete the row.');
    expect(reason({ ...problem, message: 'something else' }, 'train.csv')).toBe('Something else');
  });

  it('make mean images as large as lets ten of them stand side by side, within reason', () => {
    expect([300, 640, 650, 929, 930, 5000].map(width => meanZoom(28, 10, width))).toEqual([2, 2, 2, 2, 3, 3]);
    expect(meanZoom(28, 2, 300)).toBe(3);
    expect([8, 64, 256].map(side => meanZoom(side, 10, 930))).toEqual([10, 1, 1]);
    expect(meanZoom(28, 0, 0)).toBe(2);
  });

  it('split images that lie one after the other', () => {
    expect(toDigits(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 16)).toEqual([
      { pixels: Uint8Array.of(1, 2, 3, 4), fullInk: 16 },
      { pixels: Uint8Array.of(5, 6, 7, 8), fullInk: 16 },
    ]);
  });
});
