import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfusionMatrix } from '../../../../../webview/run/matrix/confusionMatrix';
import type { MatrixOptions } from '../../../../../webview/run/matrix/confusionModel';
import { everything, type ExampleFilter } from '../../../../../webview/run/examples/exampleFilter';

// Three classes; 7 was taken for 2 four times, and 2 for 9 once.
const classes = [2, 7, 9];
const confusion = [
  [50, 0, 1],
  [4, 60, 0],
  [0, 0, 30],
];

let filters: ExampleFilter[];
let options: MatrixOptions[];
beforeEach(() => {
  filters = [];
  options = [];
});
afterEach(cleanup);

function show(filter: ExampleFilter = everything, shown: MatrixOptions = { diagonal: true, shares: false }): void {
  render(
    <ConfusionMatrix
      confusion={confusion}
      classes={classes}
      filter={filter}
      options={shown}
      onFilter={chosen => filters.push(chosen)}
      onOptions={chosen => options.push(chosen)}
    />,
  );
}
const table = (): HTMLElement => screen.getByRole('grid');
const cells = (): HTMLElement[] => within(table()).getAllByRole('gridcell');
/** The cell of a true class and a predicted one, by index. */
const cell = (label: number, predicted: number): HTMLElement => cells()[label * classes.length + predicted]!;
const stop = (): Element => table().querySelector('[tabindex="0"]')!;

describe('the confusion matrix', () => {
  it('shows how often each class was taken for which', () => {
    show();
    expect(cells().map(({ textContent }) => textContent)).toEqual(['50', '0', '1', '4', '60', '0', '0', '0', '30']);
  });

  it('shows shares of each row instead', () => {
    show(everything, { diagonal: true, shares: true });
    expect(cell(1, 0).textContent).toBe('6.3');
    expect(cell(2, 2).textContent).toBe('100');
  });

  it('leaves the diagonal out where only mistakes are wanted', () => {
    show(everything, { diagonal: false, shares: false });
    expect([cell(0, 0), cell(1, 1), cell(2, 2)].map(({ textContent }) => textContent)).toEqual(['', '', '']);
    expect(cell(1, 0).textContent).toBe('4');
  });

  it('filters the gallery by a cell with mistakes, and shows all again at a second click', () => {
    show();
    fireEvent.click(cell(1, 0));
    expect(filters).toEqual([{ label: 1, predicted: 0 }]);
    cleanup();
    show({ label: 1, predicted: 0 });
    expect(cell(1, 0).getAttribute('aria-selected')).toBe('true');
    fireEvent.click(cell(1, 0));
    expect(filters[1]).toEqual(everything);
  });

  it('filters nothing by a cell without mistakes', () => {
    show();
    fireEvent.click(cell(2, 0));
    fireEvent.click(cell(0, 0));
    expect(filters).toEqual([]);
  });

  it('filters by a true class at the head of a row, and by a predicted one at the head of a column', () => {
    show();
    fireEvent.click(within(table()).getAllByRole('rowheader')[1]!);
    fireEvent.click(within(table()).getAllByRole('columnheader')[1]!);
    expect(filters).toEqual([
      { label: 1, predicted: undefined },
      { label: undefined, predicted: 0 },
    ]);
  });

  it('is walked by arrow keys, with one stop of the Tab key, and chosen from by Enter', () => {
    show();
    expect(table().querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    expect(stop()).toBe(cell(0, 0));
    fireEvent.keyDown(table(), { key: 'ArrowDown' });
    expect(stop()).toBe(cell(1, 0));
    expect(document.activeElement).toBe(cell(1, 0));
    fireEvent.keyDown(table(), { key: 'Enter' });
    expect(filters).toEqual([{ label: 1, predicted: 0 }]);
  });

  it('shows all at Escape, and leaves keys alone that it has no use for', () => {
    show({ label: 1, predicted: 0 });
    fireEvent.keyDown(table(), { key: 'Escape' });
    expect(filters).toEqual([everything]);
    expect(fireEvent.keyDown(table(), { key: 'x' })).toBe(true);
    expect(fireEvent.keyDown(table(), { key: 'ArrowDown' })).toBe(false);
  });

  it('says each cell in words', () => {
    show();
    expect(cell(1, 0).getAttribute('aria-label')).toMatch(/7.*2/);
  });

  it('switches between counts and shares, and hides the diagonal', () => {
    show();
    fireEvent.click(screen.getByTestId('shares'));
    fireEvent.click(screen.getByTestId('diagonal'));
    expect(options).toEqual([
      { diagonal: true, shares: true },
      { diagonal: false, shares: false },
    ]);
  });
});
