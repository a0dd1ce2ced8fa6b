import { describe, expect, it } from 'vitest';
import { knownLabels } from '../../../../src/training/data/knownLabels';

describe('the labels of a file that a network is evaluated on', () => {
  it('become indices into the classes that it knows', () => {
    expect(knownLabels(Int32Array.of(7, 3, 7), Uint32Array.of(1, 2, 3), [3, 7, 9], 'x.csv', 'run')).toEqual(
      Uint16Array.of(1, 0, 1),
    );
  });

  it('are refused with their first rows where it does not know them', () => {
    const labels = Int32Array.of(3, 11, 12, 11, 11, 11);
    expect(() => knownLabels(labels, Uint32Array.of(1, 2, 3, 4, 6, 8), [3], 'x.csv', 'r1')).toThrow(
      'x.csv has the labels 11 (rows 2, 4, 6 and others), 12 (row 3), which run r1 was not trained on; choose a run that knows them, or take these rows out of the file.',
    );
  });
});
