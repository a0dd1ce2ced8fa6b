import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { classMetrics, macroMean, type Metric } from './classMetrics';
import { count } from '../../../src/core/text';
import type { Confusion } from '../matrix/confusionModel';
import { everything, sameFilter, type ExampleFilter } from '../examples/exampleFilter';
import {
  metricColumns,
  metricText,
  nextSort,
  reasons,
  sortedClasses,
  whyUndefined,
  type MetricColumn,
  type MetricSort,
} from './metricsModel';

const names: Readonly<Record<MetricColumn, string>> = {
  class: 'Class',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  support: 'Support',
};
const shares: readonly Metric[] = ['precision', 'recall', 'f1'];

interface MetricsTableProps {
  readonly confusion: Confusion;
  /** The labels of the classes. */
  readonly classes: readonly number[];
  readonly filter: ExampleFilter;
  readonly sort: MetricSort;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly onSort: (sort: MetricSort) => void;
}

/** Precision, recall and F1 of each class, sortable. Choosing a class filters the examples. */
export function MetricsTable({ confusion, classes, filter, sort, onFilter, onSort }: MetricsTableProps): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  const metrics = useMemo(() => classMetrics(confusion), [confusion]);
  const order = useMemo(() => sortedClasses(metrics, sort), [metrics, sort.column, sort.descending]);
  const why = useMemo(() => reasons(metrics, classes), [metrics, classes]);
  // The classes share one Tab stop; arrow keys move among them.
  const [stop, setStop] = useState<number>();
  const stopAt = stop ?? order[0];
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (moved.current) body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [stop]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const at = order.indexOf(stopAt!);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: order.length - 1 }[event.key];
    if (event.key === 'Escape') onFilter(everything);
    else if (to === undefined) return;
    else if (order[to] !== undefined) {
      moved.current = order[to] !== stopAt;
      setStop(order[to]);
    }
    event.preventDefault();
  };

  return (
    <>
      <div class="metrics-scroll">
        <table class="numbers metrics" data-testid="metrics" aria-labelledby="metrics">
          <thead>
            <tr>
              {metricColumns.map(column => (
                <th
                  key={column}
                  scope="col"
                  class={column === 'class' ? '' : 'right'}
                  aria-sort={sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
                >
                  <button type="button" class="sort" onClick={() => onSort(nextSort(sort, column))}>
                    {names[column]}
                    <span class="sort-mark" aria-hidden="true">
                      {sort.column !== column ? '' : sort.descending ? '▼' : '▲'}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {order.map(index => {
              const own = { label: index, predicted: undefined };
              const each = metrics[index]!;
              return (
                <tr key={index} class={sameFilter(own, filter) ? 'chosen' : ''}>
                  <th scope="row">
                    <button
                      type="button"
                      class="class-filter"
                      tabIndex={index === stopAt ? 0 : -1}
                      aria-pressed={sameFilter(own, filter)}
                      title={`Show the misclassified images of true ${classes[index]!}`}
                      onClick={() => {
                        setStop(index);
                        onFilter(sameFilter(own, filter) ? everything : own);
                      }}
                    >
                      {classes[index]}
                    </button>
                  </th>
                  {shares.map(metric => (
                    <td key={metric} class="right" title={each[metric] === undefined ? whyUndefined(each) : undefined}>
                      {metricText(each[metric])}
                    </td>
                  ))}
                  <td class="right">{count(each.support)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Macro mean</th>
              {shares.map(metric => (
                <td key={metric} class="right">
                  {metricText(macroMean(metrics, metric).mean)}
                </td>
              ))}
              <td class="right">{count(metrics.reduce((sum, { support }) => sum + support, 0))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <div class="muted metrics-notes">
        {why.length > 0 && (
          <ul class="numbers" data-testid="metrics-reasons">
            {why.map(reason => (
              <li key={reason}>– {reason}</li>
            ))}
            <li>The macro mean leaves out what is not defined.</li>
          </ul>
        )}
        <p>
          Precision: of the images taken for a class, the share that is of it. Recall: of the images of a class, the
          share that was recognised. F1: the harmonic mean of both. The macro mean counts each class the same.
        </p>
      </div>
    </>
  );
}
