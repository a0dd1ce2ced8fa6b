import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { readTextRow } from '../../../../src/host/csvText/readTextRow';
import { formatOf, rowOfLine } from '../../../../src/host/csvText/csvDocument';
import { readRows } from '../../../../src/host/pixelFiles/readRows';
import { withPixelFile } from '../../../../src/store/pixelFile/openPixelFile';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { buildRowIndex } from '../../../../src/store/pixelFile/rowIndex';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** A document of VS Code as far as rows are looked for in it. */
function documentOf(text: string): vscode.TextDocument {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const lineAt = (line: number) => ({ text: lines[line], isEmptyOrWhitespace: !/\S/.test(lines[line]!) });
  return { uri: { path: '/data/train.csv' }, lineCount: lines.length, lineAt } as unknown as vscode.TextDocument;
}

/** Lines of a file by their row: [row, line], of readers of all kinds. */
async function rowsOf(text: string) {
  const file = await folder.write('rows.csv', text);
  const data = await readPixelFile(file, { maxProblems: 1000 });
  const whole = [
    ...[...data.rowNumbers].map((row, i) => [row, data.labels![i]] as const),
    ...data.problems.map(({ row, line }) => [row, line] as const),
  ].sort((a, b) => a[0] - b[0]);
  const { index, problems } = await withPixelFile(file, async opened => {
    const index = await buildRowIndex(opened);
    return { index, problems: (await readRows(opened, index, 1, 1000)).problems };
  });
  const document = documentOf(text);
  const seen = Array.from({ length: document.lineCount - 1 }, (_, i) => i + 2).flatMap(line => {
    const row = rowOfLine(document, line);
    const read = readTextRow(document.lineAt(line - 1).text, formatOf(document), { file: 'rows.csv', row, line });
    if (!read) return [];
    return [[row, 'kind' in read ? read.line : read.label] as const];
  });
  return { whole, seen, count: index.rows, problems: problems.map(({ row, line }) => [row, line]), data };
}

describe('a row has one number for the hover, the reader, the index and messages', () => {
  const blanks = [
    '',
    ' ',
    '   ',
    '\t',
    '\t \t',
    '\u00a0',
    '\f',
    '\v',
    '\u2003',
    '\u3000',
    '\ufeff',
    '\u2028',
    '\u0085',
  ];

  it.each([',', ';', '\t'] as const)(
    'whatever white space other lines have, with the delimiter %j',
    async delimiter => {
      for (const blank of blanks) {
        const row = (line: number): string => [line, 1, 2, 3, 4].join(delimiter);
        const lines = [['label', 'p0', 'p1', 'p2', 'p3'].join(delimiter), row(2), blank, row(4), blank, blank, row(7)];
        const { whole, seen, count } = await rowsOf(`${lines.join('\n')}\n`);
        // The label of each row is its line.
        expect(seen, JSON.stringify(blank)).toEqual(whole);
        expect(count).toBe(whole.length);
        expect(whole.at(-1)![1]).toBe(7);
      }
    },
  );

  it('for any lines', async () => {
    const line = fc.oneof(
      fc.constantFrom('row', 'broken'),
      fc.array(fc.constantFrom(...blanks), { maxLength: 3 }).map(parts => parts.join('')),
      fc.constantFrom('\t\t\t\t', ';;;;', ',,,,', '"', '""', '#', '1', ' ,', '\t;'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(line, { maxLength: 30 }),
        fc.boolean(),
        async (delimiter, lineBreak, lines, bom) => {
          const all = ['header', ...lines, 'row'].map((text, i) => {
            if (text === 'header') return ['label', 'p0', 'p1', 'p2', 'p3'].join(delimiter);
            if (text === 'row') return [i + 1, 1, 2, 3, 4].join(delimiter);
            return text === 'broken' ? [i + 1, 1, 2].join(delimiter) : text;
          });
          const { whole, seen, count, problems, data } = await rowsOf(
            `${bom ? '\ufeff' : ''}${all.join(lineBreak)}${lineBreak}`,
          );
          expect(seen).toEqual(whole);
          expect(count).toBe(whole.length);
          expect(problems).toEqual(data.problems.map(({ row, line }) => [row, line]));
          for (const { row, line, message } of data.problems) expect(message).toContain(`row ${row} (line ${line})`);
        },
      ),
      { numRuns: 150 },
    );
  });
});
