import type { JSX } from 'preact';
import { Dropdown } from '../../shared/dropdown';
import type { ExampleFilter } from './exampleFilter';
import type { ExampleSort } from './exampleModel';

interface ExampleToolbarProps {
  /** The labels of the classes. */
  readonly classes: readonly number[];
  readonly filter: ExampleFilter;
  readonly sort: ExampleSort;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly onSort: (sort: ExampleSort) => void;
}

const sorts: readonly { readonly value: ExampleSort; readonly name: string }[] = [
  { value: 'margin', name: 'p(predicted) − p(true)' },
  { value: 'loss', name: 'loss' },
  { value: 'row', name: 'row' },
];

/** The sort order and the filter of the misclassified images. */
export function ExampleToolbar({ classes, filter, sort, onFilter, onSort }: ExampleToolbarProps): JSX.Element {
  const labels = [
    { value: '', name: 'any' },
    ...classes.map((label, index) => ({ value: String(index), name: String(label) })),
  ];
  const toClass = (value: string): number | undefined => (value === '' ? undefined : Number(value));
  return (
    <div class="example-toolbar" role="group" aria-label="Sort and filter">
      <Dropdown label="Sort by" testId="example-sort" value={sort} options={sorts} onPick={onSort} />
      <Dropdown
        label="True"
        testId="example-true"
        value={String(filter.label ?? '')}
        options={labels}
        onPick={value => onFilter({ ...filter, label: toClass(value) })}
      />
      <Dropdown
        label="Predicted"
        testId="example-predicted"
        value={String(filter.predicted ?? '')}
        options={labels}
        onPick={value => onFilter({ ...filter, predicted: toClass(value) })}
      />
    </div>
  );
}
