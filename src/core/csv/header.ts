import Papa from 'papaparse';
import { DigitsError } from '../errors';
import { foreignFile } from './foreignFile';
import { recognisePixelColumns } from './pixelColumns';
import type { PixelFormat } from './pixelFormat';

/** The longest header that is read, in bytes: enough for images of 256x256. */
export const HEAD_BYTES = 1 << 20;

const LF = 10;
const CR = 13;
const BOM = [0xef, 0xbb, 0xbf] as const;

/**
 * Recognises a pixel CSV by its first line. `head`: the start of the file, HEAD_BYTES of it or the whole file when that
 * is shorter; `file`: its name for messages. Throws `empty-file` or `bad-header`.
 */
export function readHeader(head: Uint8Array, file: string): PixelFormat {
  const bom = BOM.every((byte, at) => head[at] === byte) ? BOM.length : 0;
  if (head.subarray(bom).every(isSpace)) throw new DigitsError('empty-file', `${file} is empty; download it again or choose another file.`);
  const foreign = foreignFile(head);
  if (foreign !== undefined) throw new DigitsError('bad-header', `${file} ${foreign}`);

  const end = head.findIndex((byte, at) => at >= bom && (byte === LF || byte === CR));
  if (end < 0 && head.length >= HEAD_BYTES) {
    throw new DigitsError('bad-header', `${file} has a first line of more than a megabyte and is no pixel CSV; choose another file.`);
  }
  const lineEnd = end < 0 ? head.length : end;
  const line = new TextDecoder().decode(head.subarray(bom, lineEnd));
  if (line.trim() === '') throw new DigitsError('bad-header', `${file} starts with a blank line instead of column names; delete that line.`);

  const { data, meta } = Papa.parse<readonly string[]>(line, { newline: '\n', preview: 1, delimitersToGuess: [',', ';', '\t'] });
  const header = data[0] ?? [];
  const columns = recognisePixelColumns(header);
  if (typeof columns === 'string') throw new DigitsError('bad-header', `${file} ${columns}`);

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
