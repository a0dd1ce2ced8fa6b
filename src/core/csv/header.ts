import Papa from 'papaparse';
import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { foreignFile, isBinary, NO_TEXT } from './foreignFile';
import { recognisePixelColumns } from './pixelColumns';
import type { PixelFormat } from './pixelFormat';

/** The longest header that is read, in bytes: enough for images of 256x256. */
export const HEAD_BYTES = 1 << 20;

const LF = 10;
const CR = 13;
const BOM = [0xef, 0xbb, 0xbf] as const;

/**
 * Recognises a pixel CSV by its first line. `head`: the start of the file, up to the end of that line, HEAD_BYTES or the
 * file's end at least; `file`: its name for messages; `size`: all of its bytes. Throws `empty-file` or `bad-header`.
 */
export function readHeader(head: Uint8Array, file: string, size = head.length): PixelFormat {
  const bom = BOM.every((byte, at) => head[at] === byte) ? BOM.length : 0;
  if (head.length >= size && head.subarray(bom).every(isSpace))
    throw new DigitsError('empty-file', sentence`${file} is empty; download it again or choose another file.`);
  const foreign = foreignFile(head);
  if (foreign !== undefined) throw new DigitsError('bad-header', sentence`${file} ${foreign}`);

  const end = head.findIndex((byte, at) => at >= bom && (byte === LF || byte === CR));
  if (end < 0 && head.length >= HEAD_BYTES) {
    throw new DigitsError(
      'bad-header',
      sentence`${file} has a first line of more than a megabyte and is no pixel CSV; choose another file.`,
    );
  }
  const lineEnd = end < 0 ? head.length : end;
  const line = new TextDecoder().decode(head.subarray(bom, lineEnd));
  if (line.trim() === '')
    throw new DigitsError(
      'bad-header',
      sentence`${file} starts with a blank line instead of column names; delete that line.`,
    );

  const { data, errors, meta } = Papa.parse<readonly string[]>(line, {
    newline: '\n',
    preview: 1,
    delimitersToGuess: [',', ';', '\t'],
  });
  if (errors.some(error => error.type === 'Quotes')) {
    throw new DigitsError(
      'bad-header',
      sentence`${file} has a quotation mark in its first line that has no counterpart; fix the line.`,
    );
  }
  const header = data[0] ?? [];
  const columns = recognisePixelColumns(header);
  if (typeof columns === 'string')
    throw new DigitsError('bad-header', sentence`${file} ${isBinary(head.subarray(0, 512)) ? NO_TEXT : columns}`);

  return {
    kind: columns.labelColumn === undefined ? 'test' : 'train',
    delimiter: knownDelimiter(meta.delimiter),
    columns: header.length,
    ...columns,
    dataOffset: lineEnd + (head[lineEnd] === CR && head[lineEnd + 1] === LF ? 2 : lineEnd < head.length ? 1 : 0),
  };
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function knownDelimiter(delimiter: string): PixelFormat['delimiter'] {
  return delimiter === ';' || delimiter === '\t' ? delimiter : ',';
}
