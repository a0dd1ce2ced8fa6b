import { expect } from 'vitest';
import type { Right } from '../../fixtures/corpus/oddFile';
import type { Outcome } from './readAllWays';

/** What came of a file of the corpus is what is right for it, and is said in sentences. */
export function expectRight(outcome: Outcome, right: Right): void {
  if ('says' in right) {
    expect(outcome).toMatchObject({ code: right.code, message: expect.stringMatching(right.says) });
    expectSentence((outcome as { message: string }).message);
    return;
  }
  if ('code' in outcome) throw new Error(`an error instead of images: ${outcome.message}`);
  const { images, problems } = right;
  expect(outcome.images).toEqual(images.map(({ row, label, id, pixels }) => ({ row, label, id, pixels: [...pixels] })));
  expect(outcome.rows).toBe(images.length + (right.problemCount ?? problems.size));
  if (right.problemCount === undefined)
    expect(outcome.problems.map(({ row }) => row)).toEqual([...problems.keys()].sort((a, b) => a - b));
  for (const [row, says] of problems) {
    const problem = outcome.problems.find(found => found.row === row);
    expect(problem?.message).toMatch(says);
    expect(problem?.message).toMatch(new RegExp(`^train\\.csv, row ${row} \\(line ${problem?.line}\\) has `));
  }
  for (const { message } of outcome.problems) expectSentence(message);
}

/** As text, which is many times as fast to compare; where they differ, the difference is shown. */
export function expectSame(outcome: Outcome, expected: Outcome, how = ''): void {
  if (JSON.stringify(outcome) !== JSON.stringify(expected))
    expect({ how, outcome }).toEqual({ how, outcome: expected });
}

/** One sentence with a way out, in one line, of a length that a notification takes, with nothing in it that a terminal would obey. */
function expectSentence(message: string): void {
  expect(message).toMatch(/^[^\p{Cc}\u2028\u2029\u202e]{20,300}\.$/u);
  expect(message).toMatch(/[;,] [^;]+\.$/);
}
