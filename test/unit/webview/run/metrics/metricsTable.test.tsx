import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything, type ExampleFilter } from '../../../../../webview/run/examples/exampleFilter';
import type { MetricSort } from '../../../../../webview/run/metrics/metricsModel';
import { MetricsTable } from '../../../../../webview/run/metrics/metricsTable';

const classes = [2, 7, 9];
const confusion = [
  [8, 2, 0],
  [0, 10, 0],
  [0, 5, 5],
];

let filters: ExampleFilter[];
let sorts: MetricSort[];
beforeEach(() => {
  filters = [];
  sorts = [];
});
afterEach(cleanup);

function show(sort: MetricSort = { column: 'class', descending: false }, filter: ExampleFilter = everything): void {
  render(
    <MetricsTable
      confusion={confusion}
      classes={classes}
      filter={filter}
      sort={sort}
      onFilter={chosen => filters.push(chosen)}
      onSort={chosen => sorts.push(chosen)}
    />,
  );
}
const buttons = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.class-filter')];
const order = (): (string | null)[] => buttons().map(({ textContent }) => textContent);

describe('the table of metrics', () => {
  it('has a row for each class and the mean of all', () => {
    show();
    const rows = screen.getAllByRole('row').map(row => [...row.children].map(({ textContent }) => textContent));
    expect(rows[1]).toEqual([
      '2',
      expect.stringMatching(/1\.0+|100/),
      expect.stringMatching(/0\.8|80/),
      expect.anything(),
      '10',
    ]);
    expect(rows.at(-1)![0]).toBe('Macro mean');
    expect(rows.at(-1)!.at(-1)).toBe('30');
  });

  it.each([
    [{ column: 'class', descending: false }, ['2', '7', '9']],
    [{ column: 'class', descending: true }, ['9', '7', '2']],
    [{ column: 'recall', descending: false }, ['9', '2', '7']],
    [{ column: 'precision', descending: false }, ['7', '2', '9']],
  ] as const)('is sorted as asked: %o', (sort, expected) => {
    show(sort);
    expect(order()).toEqual(expected);
  });

  it('says how it is sorted, and asks for another order by a heading', () => {
    show({ column: 'recall', descending: true });
    const headings = screen.getAllByRole('columnheader');
    expect(headings.map(heading => heading.getAttribute('aria-sort'))).toEqual([
      'none',
      'none',
      'descending',
      'none',
      'none',
    ]);
    fireEvent.click(within(headings[2]!).getByRole('button'));
    fireEvent.click(within(headings[0]!).getByRole('button'));
    expect(sorts).toEqual([{ column: 'recall', descending: false }, expect.objectContaining({ column: 'class' })]);
  });

  it('filters the gallery by a class, and shows all again at a second press', () => {
    show();
    fireEvent.click(buttons()[2]!);
    expect(filters).toEqual([{ label: 2, predicted: undefined }]);
    cleanup();
    show(undefined, { label: 2, predicted: undefined });
    expect(buttons()[2]!.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(buttons()[2]!);
    expect(filters[1]).toEqual(everything);
  });

  it('is one stop of the Tab key; arrow keys move among the classes', () => {
    show();
    expect(buttons().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    fireEvent.keyDown(buttons()[0]!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(buttons()[1]);
    fireEvent.keyDown(buttons()[1]!, { key: 'End' });
    expect(buttons().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0]);
    fireEvent.keyDown(buttons()[2]!, { key: 'Escape' });
    expect(filters).toEqual([everything]);
  });
});
