import { describe, expect, it } from 'vitest';
import { DigitsError, fromErrorData, toErrorData } from '../../../src/core/errors';
import { fillIn, inEnglish, sentence } from '../../../src/core/sentence';

describe('a sentence', () => {
  const said = sentence`${'train.csv'} has ${3} rows; see {"a": 1} and {7}.`;

  it('is what is said, and of what', () => {
    expect(said).toEqual({ template: '{0} has {1} rows; see {"a": 1} and {7}.', args: ['train.csv', '3'] });
  });

  it('becomes text by its own template, or by another that orders its arguments otherwise', () => {
    expect(inEnglish(said)).toBe('train.csv has 3 rows; see {"a": 1} and {7}.');
    expect(fillIn('{1} Zeilen hat {0}.', said.args)).toBe('3 Zeilen hat train.csv.');
  });

  it('takes its arguments as they are, though they look like places', () => {
    expect(inEnglish(sentence`${'{1}'} is no ${'{0}'}.`)).toBe('{1} is no {0}.');
  });

  it('crosses processes as what it is', () => {
    const error = fromErrorData(structuredClone(toErrorData(new DigitsError('mismatch', said, 'why', 2))));
    expect(error).toMatchObject({
      code: 'mismatch',
      sentence: said,
      message: inEnglish(said),
      detail: 'why',
      skippableRows: 2,
    });
  });

  it.each([null, 5, { template: 3, args: [] }, { template: 'x', args: [{}] }])(
    'that is damaged on its way, %j, leaves the message',
    damaged => {
      const error = fromErrorData({ code: 'mismatch', message: 'As text.', sentence: damaged });
      expect(error).toMatchObject({ message: 'As text.', sentence: undefined });
    },
  );
});
