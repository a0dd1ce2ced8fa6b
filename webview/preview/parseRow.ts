import { count } from '../../src/core/text';

/** Parses a row number. Returns a sentence if that fails. `growing`: more rows are still being found. */
export function parseRow(text: string, rows: number, growing: boolean): number | string {
  const digits = text.replace(/[\s,.'_]/g, '');
  if (!/^\d+$/.test(digits)) return 'Type a row number, as in 42 or 42,000.';
  const row = Number(digits);
  if (row === 0) return 'Rows are counted from 1, without the header.';
  if (row > rows)
    return growing ? `Rows up to ${count(rows)} were found so far; wait a moment.` : `The last row is ${count(rows)}.`;
  return row;
}
