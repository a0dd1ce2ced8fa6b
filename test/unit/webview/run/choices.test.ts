import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstChoices, packChoices, unpackChoices } from '../../../../webview/run/choices';
import { metricColumns } from '../../../../webview/run/metrics/metricsModel';

const index = fc.option(fc.nat({ max: 99 }), { nil: undefined });
const choices = fc.record({
  filter: fc.record({ label: index, predicted: index }),
  sort: fc.constantFrom('margin' as const, 'loss' as const, 'row' as const),
  matrix: fc.record({ diagonal: fc.boolean(), shares: fc.boolean() }),
  metrics: fc.record({ column: fc.constantFrom(...metricColumns), descending: fc.boolean() }),
});

describe('what the user chose of matrix, metrics and gallery', () => {
  it('comes back as it was kept', () => {
    fc.assert(
      fc.property(choices, chosen => {
        expect(unpackChoices(JSON.parse(JSON.stringify(packChoices(chosen))))).toEqual(chosen);
      }),
    );
  });

  it('is kept as values of the same kind as the first ones, which a view takes back', () => {
    fc.assert(
      fc.property(choices, chosen => {
        const kinds = (kept: object): readonly string[] =>
          Object.entries(kept)
            .map(([key, value]) => `${key} ${typeof value}`)
            .sort();
        expect(kinds(packChoices(chosen))).toEqual(kinds(firstChoices));
      }),
    );
  });

  it('is all mistakes, the surest first, before anything was chosen, and where what was kept means nothing', () => {
    const first = {
      filter: { label: undefined, predicted: undefined },
      sort: 'margin',
      matrix: { diagonal: true, shares: false },
      metrics: { column: 'class', descending: false },
    };
    expect(unpackChoices(firstChoices)).toEqual(first);
    expect(unpackChoices({ ...firstChoices, label: 1.5, predicted: -7, sort: 'colour', metric: 'toString' })).toEqual(
      first,
    );
  });
});
