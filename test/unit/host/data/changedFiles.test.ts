import { describe, expect, it } from 'vitest';
import { changedFiles } from '../../../../src/host/data/changedFiles';

const train = { path: '/data/train.csv', stamp: '1' };
const test = { path: '/data/test.csv', stamp: '2' };

describe('changedFiles', () => {
  it('names files that were written again, are gone or are new', () => {
    expect(changedFiles([train, test], [train, test])).toEqual([]);
    expect(changedFiles([train, test], [{ ...train, stamp: '3' }, test])).toEqual(['train.csv']);
    expect(changedFiles([train, test], [train])).toEqual(['test.csv']);
    expect(changedFiles([train], [train, test])).toEqual(['test.csv']);
    expect(changedFiles([train, test], [])).toEqual(['train.csv', 'test.csv']);
  });
});
