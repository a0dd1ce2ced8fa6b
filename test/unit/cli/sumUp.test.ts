import { expect, it } from 'vitest';
import { sumUp } from '../../../src/cli/sumUp';

const bad = (row: number, what = 'has 3 values instead of 785; correct it.'): string =>
  `train.csv, row ${row} (line ${row + 1}) ${what}`;

it('says once what is so of many rows, with how many and up to which', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => bad(i + 1));
  expect(sumUp(rows)).toEqual([`${bad(1)} The same holds of 1,999 more rows, up to row 2,000.`]);
});

it('keeps faults apart, and lists a few rows one by one', () => {
  const missing = 'has an empty value; fill it in.';
  expect(sumUp([bad(1), bad(2, missing), bad(3), bad(4), bad(5, missing)])).toEqual([
    `${bad(1)} The same holds of 2 more rows, up to row 4.`,
    bad(2, missing),
    bad(5, missing),
  ]);
});

it('leaves sentences alone that are about no row', () => {
  expect(sumUp(['a', 'a', 'a'])).toEqual(['a', 'a', 'a']);
  expect(sumUp([])).toEqual([]);
});
