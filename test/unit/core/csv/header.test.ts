import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, readHeader } from '../../../../src/core/csv/header';

const read = (text: string) => readHeader(Buffer.from(text), 'train.csv');
const numbered = (prefix: string, from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${from + at}`);
const grid = (from: number, side: number, name: (row: number, column: number) => string): readonly string[] =>
  Array.from({ length: side * side }, (_, at) => name(from + Math.floor(at / side), from + (at % side)));

describe('readHeader', () => {
  it("recognises Kaggle's training file", () => {
    const text = `label,${numbered('pixel', 0, 784).join(',')}\n`;
    expect(read(`${text}5,0,0`)).toEqual({
      kind: 'train',
      delimiter: ',',
      columns: 785,
      labelColumn: 0,
      idColumn: undefined,
      firstPixel: 1,
      side: 28,
      dataOffset: text.length,
    });
  });

  it.each([
    ['pixels from 1', ['label', ...numbered('pixel', 1, 784)], { side: 28, labelColumn: 0, firstPixel: 1 }],
    ['rows and columns', ['label', ...grid(1, 28, (row, column) => `${row}x${column}`)], { side: 28 }],
    ['rows and columns from 0', grid(0, 8, (row, column) => `p_${row}_${column}`), { side: 8, kind: 'test' }],
    ['plain numbers', numbered('', 0, 784), { side: 28, kind: 'test', labelColumn: undefined, firstPixel: 0 }],
    ['another prefix', ['Label', ...numbered('px-', 0, 9)], { side: 3, kind: 'train' }],
    ['a label at the end', [...numbered('pixel', 0, 16), ' LABEL '], { side: 4, labelColumn: 16, firstPixel: 0 }],
    ['an id', ['id', ...numbered('pixel', 0, 16)], { kind: 'test', idColumn: 0, firstPixel: 1 }],
    [
      'an image id and a label',
      ['ImageId', 'label', ...numbered('pixel', 0, 16)],
      { kind: 'train', idColumn: 0, labelColumn: 1, firstPixel: 2 },
    ],
    ['an id at the end', ['label', ...numbered('pixel', 0, 16), 'image_id'], { idColumn: 17, firstPixel: 1 }],
    [
      'the index of pandas',
      ['', 'label', ...numbered('pixel', 0, 16)],
      { idColumn: undefined, labelColumn: 1, firstPixel: 2, columns: 18 },
    ],
    [
      'the index of pandas, written twice, and an id',
      ['', 'Unnamed: 0', 'id', ...numbered('pixel', 0, 16)],
      { idColumn: 2, firstPixel: 3 },
    ],
    ['an index and an id', ['index', 'id', ...numbered('pixel', 0, 16)], { idColumn: 1, firstPixel: 2 }],
    ['images of 64x64', ['label', ...numbered('pixel', 0, 4096)], { side: 64 }],
    ['images of 200x200', ['label', ...numbered('pixel', 0, 40000)], { side: 200 }],
  ])('takes %s', (_, columns, expected) => {
    expect(read(`${columns.join(',')}\n`)).toMatchObject(expected);
  });

  it('finds delimiter, quotes, line break and byte order mark', () => {
    const names = ['label', ...numbered('pixel', 0, 9)];
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('', '"'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (delimiter, quote, lineBreak, bom) => {
          const head = Buffer.from(
            `${bom ? '\ufeff' : ''}${names.map(name => quote + name + quote).join(delimiter)}${lineBreak}`,
          );
          const format = readHeader(Buffer.concat([head, Buffer.from('1,2\n')]), 'train.csv');
          expect(format).toMatchObject({ delimiter, side: 3, labelColumn: 0, columns: 10, dataOffset: head.length });
        },
      ),
    );
  });

  it('takes a file that is a header and no more', () => {
    const text = numbered('pixel', 0, 4).join(',');
    expect(read(text).dataOffset).toBe(text.length);
  });

  it('takes pixels in any order, with the label anywhere, by the numbers in their names', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1),
        fc.nat(9),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
        (origin, label, order) => {
          const columns = order.map(pixel => `pixel${pixel + origin}`).toSpliced(label, 0, 'label');
          const { pixelOfColumn, firstPixel, labelColumn } = read(`${columns.join(',')}\n`);
          expect(labelColumn).toBe(label);
          const sideBySide = columns.map((_, column) =>
            column >= firstPixel && column < firstPixel + 9 ? column - firstPixel : -1,
          );
          expect(pixelOfColumn ?? sideBySide).toEqual(order.toSpliced(label, 0, -1));
        },
      ),
    );
    expect(read('label,pixel0,pixel1,pixel2,pixel3\n').pixelOfColumn).toBeUndefined();
  });

  it("refuses names of row and column in any other order: which of the two is the row they don't say", () => {
    const names = grid(0, 3, (row, column) => `${row}x${column}`);
    fc.assert(
      fc.property(fc.shuffledSubarray([...names], { minLength: 9 }), order => {
        fc.pre(order.some((name, at) => name !== names[at]));
        expect(() => read(`label,${order.join(',')}\n`)).toThrow(expect.objectContaining({ code: 'bad-header' }));
      }),
    );
  });

  it.each([
    [
      'pixel columns that are missing',
      ['label', ...numbered('pixel', 0, 783)],
      'has 783 pixel columns, which make no square image; restore the columns that are missing, or choose another file.',
    ],
    [
      'one pixel',
      ['label', 'pixel0'],
      'has 1 pixel column, which makes no square image; restore the columns that are missing, or choose another file.',
    ],
    [
      'pixels from 2',
      ['pixel2', 'pixel3', 'pixel4', 'pixel5'],
      'has the column "pixel5" (column 4) and none named "pixel1"; restore the columns that are missing, or number the pixels from 0 or 1 on.',
    ],
    [
      'a gap',
      ['label', 'pixel0', 'pixel1', 'pixel3', 'pixel4'],
      'has the column "pixel4" (column 5) and none named "pixel2"; restore the columns that are missing, or number the pixels from 0 or 1 on.',
    ],
    [
      'a column twice',
      ['label', 'pixel0', 'pixel1', 'pixel1', 'pixel3'],
      'has the column "pixel1" (column 4) twice; delete one of them.',
    ],
    [
      'a number twice',
      ['label', 'pixel0', 'pixel1', 'pixel01', 'pixel3'],
      'has the column "pixel01" (column 4) twice; delete one of them.',
    ],
    [
      'columns first',
      ['label', '1x1', '2x1', '1x2', '2x2'],
      'has the column "2x1" (column 3) where "1x2" belongs; restore or reorder the pixel columns.',
    ],
    ['two labels', ['label', 'pixel0', 'Label'], 'has two columns named "label"; delete one of them.'],
    [
      'other columns',
      ['label', 'pixel0', 'pixel1', 'source', 'pixel2'],
      'has the column "source" (column 4), which is neither a label, an id nor a pixel; delete it.',
    ],
    [
      'another first column',
      ['name', 'pixel0', 'pixel1', 'pixel2'],
      'has the column "name" (column 1), which is neither a label, an id nor a pixel; name it "label" if it holds labels, or delete it.',
    ],
    [
      'a last column without a name',
      ['pixel0', 'pixel1', 'pixel2', 'pixel3', ''],
      'has no name for column 5; name or delete it.',
    ],
    [
      'a submission',
      ['ImageId', 'Label'],
      'has no pixel columns; Digits reads files with the columns "label", pixel0, pixel1 and so on.',
    ],
    [
      'passengers',
      ['PassengerId', 'Survived', 'Pclass'],
      'has no pixel columns; Digits reads files with the columns "label", pixel0, pixel1 and so on.',
    ],
    [
      'data without a header',
      ['5', '0', '0', '12', '0'],
      'starts with numbers instead of column names; add a first line such as "label,pixel0,pixel1" with a name for each column.',
    ],
  ])('says what is wrong with %s', (_, columns, message) => {
    expect(() => read(`${columns.join(',')}\n`)).toThrow(
      expect.objectContaining({ code: 'bad-header', message: `train.csv ${message}` }),
    );
  });

  it.each([
    ['an empty file', '', 'empty-file', 'train.csv is empty; download it again or choose another file.'],
    ['a byte order mark', '\ufeff', 'empty-file', 'train.csv is empty; download it again or choose another file.'],
    [
      'NUL bytes',
      '\0'.repeat(600),
      'bad-header',
      'train.csv begins with NUL bytes, as a file does that was never written; download it again.',
    ],
    [
      'a quotation mark that is never closed',
      '"label,pixel0,pixel1\n',
      'bad-header',
      'train.csv has a quotation mark in its first line that has no counterpart; fix the line.',
    ],
    ['white space', ' \n\n', 'empty-file', 'train.csv is empty; download it again or choose another file.'],
    [
      'a blank first line',
      '\nlabel,pixel0\n',
      'bad-header',
      'train.csv starts with a blank line instead of column names; delete that line.',
    ],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 76775041\n',
      'bad-header',
      'train.csv is a Git LFS pointer and not the data itself; run "git lfs pull" in its repository.',
    ],
    [
      'a web page',
      '\n<!DOCTYPE html>\n<html>',
      'bad-header',
      'train.csv is a web page and not a CSV; download the file again while signed in to the site.',
    ],
    [
      'a zip archive',
      'PK\u0003\u0004\u0014\u0000',
      'bad-header',
      'train.csv is a zip archive or an Excel workbook and not a CSV; unpack it, or save it as CSV.',
    ],
    [
      'an endless line',
      'x'.repeat(HEAD_BYTES),
      'bad-header',
      'train.csv has a first line of more than a megabyte and is no pixel CSV; choose another file.',
    ],
    ['a binary file', 'RIFF\u0000\u0000WAVE', 'bad-header', 'train.csv is not a text file; choose a CSV.'],
  ])('recognises %s', (_, text, code, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code, message }));
  });

  it('recognises gzip and UTF-16, with its mark and without', () => {
    const text = 'label,pixel0,pixel1,pixel2,pixel3\n';
    const message = 'train.csv is encoded as UTF-16; save it as UTF-8.';
    expect(() => readHeader(Buffer.from(`\ufeff${text}`, 'utf16le'), 'train.csv')).toThrow(message);
    expect(() => readHeader(Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'train.csv')).toThrow(message);
    expect(() => readHeader(Buffer.from(text, 'utf16le'), 'train.csv')).toThrow(message);
    expect(() => readHeader(Buffer.from(text, 'utf16le').swap16(), 'train.csv')).toThrow(message);
    expect(() => readHeader(Buffer.from([0x1f, 0x8b, 8, 0]), 'train.csv')).toThrow(
      'train.csv is compressed with gzip; unpack it first.',
    );
  });
});
