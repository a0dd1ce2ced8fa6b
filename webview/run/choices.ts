import type { MatrixOptions } from './matrix/confusionModel';
import type { ExampleFilter } from './examples/exampleFilter';
import type { ExampleSort } from './examples/exampleModel';
import { metricColumns, type MetricSort } from './metrics/metricsModel';

/** What the user chose of matrix, metrics and gallery. */
export interface Choices {
  readonly filter: ExampleFilter;
  readonly sort: ExampleSort;
  readonly matrix: MatrixOptions;
  readonly metrics: MetricSort;
}

/** The choices as they are kept: flat, and -1 for any class. These are the first ones. */
export const firstChoices = {
  label: -1,
  predicted: -1,
  sort: 'margin',
  diagonal: true,
  shares: false,
  metric: 'class',
  descending: false,
};

export type KeptChoices = typeof firstChoices;

/** Choices from what was kept, whoever wrote it: what means nothing here is left out. */
export function unpackChoices({ label, predicted, sort, diagonal, shares, metric, descending }: KeptChoices): Choices {
  return {
    filter: { label: classIndex(label), predicted: classIndex(predicted) },
    sort: sort === 'loss' || sort === 'row' ? sort : 'margin',
    matrix: { diagonal, shares },
    metrics: { column: metricColumns.find(column => column === metric) ?? 'class', descending },
  };
}

/** The counterpart of {@link unpackChoices}. */
export function packChoices({ filter, sort, matrix, metrics }: Choices): KeptChoices {
  return {
    label: filter.label ?? -1,
    predicted: filter.predicted ?? -1,
    sort,
    ...matrix,
    metric: metrics.column,
    descending: metrics.descending,
  };
}

function classIndex(kept: number): number | undefined {
  return Number.isInteger(kept) && kept >= 0 ? kept : undefined;
}
