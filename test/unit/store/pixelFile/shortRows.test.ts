import { describe, expect, it } from 'vitest';
import { readRows } from '../../../../src/host/pixelFiles/readRows';
import { withPixelFile } from '../../../../src/store/pixelFile/openPixelFile';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { buildRowIndex, emptyRowIndex } from '../../../../src/store/pixelFile/rowIndex';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const pixels = Array.from({ length: 64 }, (_, i) => `pixel${i}`);
const digits = (row: number): string[] => pixels.map((_, i) => String((row + i) % 2));

// Bounds for memory come from the fewest bytes that a row can have: no file may pass them.

describe('rows of as few bytes as there can be', () => {
  it.each<[string, readonly string[], (row: number) => readonly string[]]>([
    ['pixels alone', pixels, row => digits(row)],
    ['an empty index', ['', ...pixels], row => ['', ...digits(row)]],
    ['an empty index and a label', ['', 'label', ...pixels], row => ['', String(row % 10), ...digits(row)]],
    ['an empty index by another name', ['Unnamed: 0', ...pixels], row => ['', ...digits(row)]],
    ['labels at the end', ['', ...pixels, 'label'], row => ['', ...digits(row), String(row % 10)]],
    [
      'pixels in any order',
      ['', 'label', ...pixels.toReversed()],
      row => ['', String(row % 10), ...digits(row).toReversed()],
    ],
  ])('are all read: %s', async (_, header, rowOf) => {
    const rows = Array.from({ length: 200 }, (_, i) => rowOf(i + 1).join(','));
    for (const end of ['', '\n', '\r\n']) {
      const file = await folder.write('short.csv', `${header.join(',')}\n${rows.join('\n')}${end}`);
      const data = await readPixelFile(file);
      expect(data.problems).toEqual([]);
      expect(data.rowNumbers).toHaveLength(200);
      expect((await readPixelFile(file, { limit: 150 })).rowNumbers).toHaveLength(150);
      await withPixelFile(file, async opened => {
        const index = await buildRowIndex(opened);
        for (const known of [index, emptyRowIndex(opened.format)]) {
          expect((await readRows(opened, known, 1, 200)).pixels).toEqual(data.pixels);
          expect((await readRows(opened, known, 65, 64)).rowNumbers).toHaveLength(64);
        }
      });
    }
  });
});
