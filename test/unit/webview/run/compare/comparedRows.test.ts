import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparedRows, goneSentence, validationCaution } from '../../../../../webview/run/compare/comparedRows';
import { epochRecords, runRecord } from '../../../support/runRecord';

const history = epochRecords([0.9, 0.97, 0.96]);
const first = { run: runRecord({ seconds: 42 }), history };

/** The values of a row, whatever group it is in. */
function row(runs: Parameters<typeof comparedRows>[0], label: string) {
  return comparedRows(runs)
    .flatMap(({ rows }) => rows)
    .find(each => each.label === label);
}

describe('runs side by side', () => {
  it('differ in nothing where they are the same, and have a value each in every row', () => {
    const rows = comparedRows([first, first, first]).flatMap(group => group.rows);
    expect(rows.filter(({ differs }) => differs)).toEqual([]);
    expect(rows.every(({ values }) => values.length === 3 && values.every(value => value !== ''))).toBe(true);
  });

  it('differ where one does, and only there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.nat(), (n, at) => {
        const runs = Array.from({ length: n }, (_, i) =>
          i === at % n ? { ...first, run: runRecord({ seconds: 42, config: { seed: 77 } }) } : first,
        );
        expect(
          comparedRows(runs)
            .flatMap(group => group.rows)
            .filter(({ differs }) => differs)
            .map(({ label }) => label),
        ).toEqual(['Seed']);
      }),
    );
  });

  it('tell settings and results as people read them', () => {
    const second = {
      run: runRecord({
        networks: 3,
        keeps: 'last',
        parameters: 887_530,
        config: { preset: 'best', epochs: 2, overrides: { learningRate: 0.01, validationShare: 0.2 } },
        data: { trainingRows: 80, validationRows: 20 },
      }),
      history,
    };
    const runs = [first, second];
    expect(row(runs, 'Preset')).toEqual({ label: 'Preset', values: ['notebook', 'best'], differs: true });
    expect(row(runs, 'Epochs')?.values).toEqual(['5', '2 each, 6 in all']);
    expect(row(runs, 'Validation share')?.values).toEqual(['10.00 %', '20.00 %']);
    expect(row(runs, 'learningRate')?.values).toEqual(['as in the preset', '0.01']);
    expect(row(runs, 'validationShare')).toBeUndefined();
    expect(row(runs, 'Parameters')?.values).toEqual(['1,000', '887,530']);
    expect(row(runs, 'Weights kept')?.values).toEqual(['of epoch 2', 'of epoch 2']);
    expect(row(runs, 'Validation accuracy')?.values).toEqual(['97.00 %', '97.00 %']);
    expect(row(runs, 'Trained for')?.values).toEqual(['1 min', '1 min']);
    expect(row(runs, 'Time of an epoch')?.values).toEqual(['20 s', '20 s']);
  });

  it('have a dash for what a run does not have', () => {
    const onAllRows = {
      run: runRecord({ keeps: 'last', data: { validationRows: 0 } }),
      history: epochRecords([undefined]),
    };
    const begun = { run: runRecord({ status: 'training' }), history: [] };
    expect(row([onAllRows, begun], 'Validation accuracy')?.values).toEqual(['–', '–']);
    expect(row([onAllRows, begun], 'Training accuracy')?.values).toEqual(['90.00 %', '–']);
    expect(row([onAllRows, begun], 'Time of an epoch')?.values).toEqual(['20 s', '–']);
  });

  it('tell the file of one run from a changed one of the same name', () => {
    const changed = { ...first, run: runRecord({ seconds: 42, data: { fingerprint: 'abcdefghi' } }) };
    expect(row([first, first], 'Data')?.values).toEqual(['train.csv', 'train.csv']);
    expect(row([first, changed], 'Data')).toMatchObject({
      values: ['train.csv, version f', 'train.csv, version abcdef'],
      differs: true,
    });
  });

  it('come with a caution where they were validated on other images', () => {
    expect(validationCaution([first, first])).toBeUndefined();
    for (const other of [
      runRecord({ config: { seed: 3 } }),
      runRecord({ data: { fingerprint: 'g' } }),
      runRecord({ data: { validationRows: 2 } }),
      runRecord({ data: { rows: 8 } }),
    ]) {
      expect(validationCaution([first, { run: other, history }])).toContain('not validated on the same images');
    }
    // What has no accuracy is not compared by it.
    expect(
      validationCaution([first, { run: runRecord({ config: { seed: 3 }, data: { validationRows: 0 } }), history }]),
    ).toBeUndefined();
  });

  it('are missed by name', () => {
    expect(goneSentence(['mine'])).toBe('The run "mine" is gone, so it is no longer compared.');
    expect(goneSentence(['a', 'b'])).toBe('2 runs are gone, so they are no longer compared: "a", "b".');
  });
});
