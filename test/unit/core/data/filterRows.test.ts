import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNREADABLE, type FileLabels } from '../../../../src/core/csv/fileLabels';
import { filterRows, needsLabels, needsPredictions, type RowFilter } from '../../../../src/core/data/filterRows';
import type { RowPredictions } from '../../../../src/core/run/rowPredictions';

/** Of each row: its label, and what was predicted; undefined for what can't be read and for what was not predicted. */
type Row = { readonly label: number | undefined; readonly predicted: number | undefined };

const known = [-1, 3, 7];
const labelOf = fc.option(fc.constantFrom(...known), { nil: undefined });
const files = fc.array(fc.record<Row>({ label: labelOf, predicted: labelOf }), { maxLength: 40 });
const filters: fc.Arbitrary<RowFilter> = fc.record({
  label: fc.constantFrom<RowFilter['label']>(undefined, ...known, 5, 'unreadable'),
  predicted: fc.constantFrom<RowFilter['predicted']>(undefined, ...known, 5),
  outcome: fc.constantFrom<RowFilter['outcome']>(undefined, 'right', 'wrong'),
});

function labelsOf(rows: readonly Row[]): FileLabels {
  const classes = Uint16Array.from(rows, ({ label }) => (label === undefined ? UNREADABLE : known.indexOf(label)));
  return {
    labels: known,
    counts: known.map(each => rows.filter(({ label }) => label === each).length),
    unreadable: 0,
    classes,
  };
}

function predictionsOf(rows: readonly Row[], withLabels: boolean): RowPredictions {
  const predicted = rows.flatMap((row, i) => (row.predicted === undefined ? [] : [{ row: i + 1, ...row }]));
  return {
    rows: Uint32Array.from(predicted, ({ row }) => row),
    predicted: Int32Array.from(predicted, row => row.predicted!),
    probabilities: new Float32Array(predicted.length),
    labels: withLabels ? Int32Array.from(predicted, ({ label }) => label ?? -99) : undefined,
  };
}

function meets({ label, predicted }: Row, filter: RowFilter): boolean {
  if (filter.label === 'unreadable' ? label !== undefined : filter.label !== undefined && label !== filter.label)
    return false;
  if (filter.predicted !== undefined && predicted !== filter.predicted) return false;
  if (filter.outcome === undefined) return true;
  return predicted !== undefined && label !== undefined && (filter.outcome === 'right') === (predicted === label);
}

describe('a filter of rows', () => {
  it('lets through the rows that meet all of it, in their order', () => {
    fc.assert(
      fc.property(files, filters, fc.boolean(), (rows, filter, withLabels) => {
        fc.pre(needsLabels(filter, undefined) || needsPredictions(filter));
        const expected = rows.flatMap((row, i) => (meets(row, filter) ? [i + 1] : []));
        expect([...filterRows(filter, labelsOf(rows), predictionsOf(rows, withLabels))]).toEqual(expected);
      }),
    );
  });

  it('needs no labels of the file where the predictions have them', () => {
    fc.assert(
      fc.property(files, filters, (rows, filter) => {
        // A network was given no row that can't be read.
        const readable = rows.filter(({ label }) => label !== undefined);
        const predictions = predictionsOf(readable, true);
        fc.pre(needsPredictions(filter) && !needsLabels(filter, predictions));
        expect(filterRows(filter, undefined, predictions)).toEqual(filterRows(filter, labelsOf(readable), predictions));
      }),
    );
  });

  it('knows what it needs', () => {
    const none: RowFilter = { label: undefined, predicted: undefined, outcome: undefined };
    const [with_, without] = [true, false].map(withLabels => predictionsOf([], withLabels));
    expect([needsPredictions(none), needsLabels(none, undefined)]).toEqual([false, false]);
    expect([needsPredictions({ ...none, label: 3 }), needsLabels({ ...none, label: 3 }, with_)]).toEqual([false, true]);
    expect([needsPredictions({ ...none, predicted: 3 }), needsLabels({ ...none, predicted: 3 }, without)]).toEqual([
      true,
      false,
    ]);
    expect([
      needsLabels({ ...none, outcome: 'wrong' }, with_),
      needsLabels({ ...none, outcome: 'wrong' }, without),
    ]).toEqual([false, true]);
  });

  it('gives no more memory away than its rows take', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ label: i === 50 ? 7 : 3, predicted: undefined }));
    const found = filterRows({ label: 7, predicted: undefined, outcome: undefined }, labelsOf(rows), undefined);
    expect([...found]).toEqual([51]);
    expect(found.buffer.byteLength).toBe(4);
  });
});
