import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PixelFormat } from '../../src/core/csv/pixelFormat';
import { readLabels } from '../../src/host/pixelFiles/readLabels';
import { readRows } from '../../src/host/pixelFiles/readRows';
import { buildRowIndex, emptyRowIndex } from '../../src/store/pixelFile/rowIndex';
import { parseSampleSubmission } from '../../src/training/data/submission';
import { DigitsError } from '../../src/core/errors';
import { corpus } from '../fixtures/corpus';
import { pixelCsvs, readBytesWithPapaparse, toBytes, type MadeColumn } from '../unit/support/pixelCsv';
import { openBytes, outcome, outcomeOf, readBytes, type Outcome } from '../unit/support/readAllWays';
import { mutated } from './mutate';
import type { FuzzTarget } from './target';

const words = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\n\r',
  '\n\n',
  ' ',
  '\0',
  '\xef\xbb\xbf',
  '\xff',
  '\xe2\x82',
  '\xc2\xa0',
  '\x1a',
  '\x1b[2J',
  '0',
  '255',
  '256',
  '-1',
  '-0',
  '+5',
  '007',
  '1e2',
  '1e400',
  '.5',
  '5.',
  '.',
  'NaN',
  'label',
  'pixel0',
  'pixel1',
  'id',
  'x',
  '#',
  '0,0,0,0,',
  '0;0;0;0;',
  '999999999',
  '2147483648',
  '4294967296',
  '99999999999999999999',
  '\xe2\x80\xa8',
];
const small = corpus.filter(({ content }) => content.length < 3000).map(({ content }) => content);
/** Of the corpus, made up, or either after some changes. */
const files = fc.oneof(
  { arbitrary: pixelCsvs.map(toBytes), weight: 1 },
  { arbitrary: mutated(fc.constantFrom(...small), words), weight: 4 },
  { arbitrary: mutated(pixelCsvs.map(toBytes), words), weight: 4 },
  { arbitrary: fc.uint8Array({ maxLength: 300 }), weight: 1 },
);
const blocks = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3000 }));

/** The same file, read by the row index. */
function readByIndex(bytes: Uint8Array, blockBytes: number, whileBuilding: boolean): Promise<Outcome> {
  return outcome(async () => {
    const opened = openBytes(bytes);
    const index = await buildRowIndex(opened, { blockBytes });
    return outcomeOf(
      opened.format,
      await readRows(opened, whileBuilding ? emptyRowIndex(opened.format) : index, 1, index.rows),
      index.rows,
    );
  });
}

/** What the columns of a file are, as its header was read. */
function columnsOf({
  columns,
  labelColumn,
  idColumn,
  firstPixel,
  pixelOfColumn,
  side,
}: PixelFormat): readonly (MadeColumn | undefined)[] {
  return Array.from({ length: columns }, (_, column) => {
    if (column === labelColumn) return 'label';
    if (column === idColumn) return 'id';
    const pixel = pixelOfColumn === undefined ? column - firstPixel : pixelOfColumn[column]!;
    return pixel >= 0 && pixel < side * side ? pixel : undefined;
  });
}

/** An error for people: a sentence that names the file, in one line of a length that fits a notification. */
function assertSentence(message: string): void {
  assert.match(message, /^train\.csv[, ][^\p{Cc}\u2028\u2029]{10,300}\.$/u);
}

export const csvTargets: readonly FuzzTarget[] = [
  {
    name: 'csv',
    holds:
      'A file gives the images that papaparse finds in it or one error that names it, by every reader and wherever blocks end.',
    property: fc.asyncProperty(files, blocks, blocks, async (bytes, one, other) => {
      const whole = await readBytes(bytes, one);
      assert.deepEqual(await readBytes(bytes, other), whole);
      for (const whileBuilding of [false, true]) {
        const byIndex = await readByIndex(bytes, other, whileBuilding);
        if ('code' in whole && whole.code === 'empty-file' && 'images' in byIndex) assert.equal(byIndex.rows, 0);
        else assert.deepEqual(byIndex, whole);
      }
      if ('code' in whole) return assertSentence(whole.message);

      for (const { message } of whole.problems) assertSentence(message);
      const { labels, classes, unreadable } = await readLabels(openBytes(bytes), whole.rows, { blockBytes: other });
      assert.equal(unreadable, whole.problems.length);
      assert.deepEqual(
        whole.images.map(({ row }) => labels[classes[row - 1]!]),
        whole.images.map(({ label = 0 }) => label),
      );
      const { format } = openBytes(bytes);
      const columns = columnsOf(format);
      // A column that is none of ours is not read, whatever is in it.
      if (columns.includes(undefined)) return;
      const expected = readBytesWithPapaparse(bytes, {
        columns: columns as readonly MadeColumn[],
        delimiter: format.delimiter,
      });
      const rows = expected.map(({ line, row }, at) => ({ line, row, number: at + 1 }));
      assert.deepEqual(
        whole.images.map(({ row, label = 0, id = '', pixels }) => ({ row, label, id, pixels })),
        rows.flatMap(({ row, number }) => (row ? [{ row: number, ...row }] : [])),
      );
      assert.deepEqual(
        whole.problems.map(({ row, line }) => ({ row, line })),
        rows.flatMap(({ row, line, number }) => (row ? [] : [{ row: number, line }])),
      );
    }) as FuzzTarget['property'],
  },
  {
    name: 'sample submission',
    holds: 'A sample of a submission gives a header of two names and its ids, or one error that names it.',
    property: fc.asyncProperty(
      mutated(
        fc
          .constantFrom('ImageId,Label\n1,0\n2,0\n', 'id;label\r\na;0\r\n', '"Id","Label"\n"x,1",0\n')
          .map(text => Buffer.from(text) as Uint8Array),
        words,
      ),
      async bytes => {
        try {
          const { header, columns } = parseSampleSubmission(bytes, 'sample_submission.csv');
          assert.equal(
            [...header, ...columns.flat()].every(text => typeof text === 'string'),
            true,
          );
        } catch (error) {
          assert.ok(error instanceof DigitsError);
          assert.match(error.message, /^sample_submission\.csv /);
        }
      },
    ) as FuzzTarget['property'],
  },
];
