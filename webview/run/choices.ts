import type { MatrixOptions } from './matrix/confusionModel';
import type { ExampleFilter } from './examples/exampleFilter';
import type { ExampleSort } from './examples/exampleModel';
import { metricColumns, type MetricSort } from './metrics/metricsModel';

/** The user's settings of matrix, metrics and gallery. */
export interface Choices {
  readonly filter: ExampleFilter;
  readonly sort: ExampleSort;
  readonly matrix: MatrixOptions;
  readonly metrics: MetricSort;
}

/** The initial choices as they are kept: flat, with -1 for any class. */
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

/** Unpacks kept choices. Malformed parts get their defaults. */
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
