import { activeTile, goTo, press, show, status, tiles } from '../support/shownPreview';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DigitsError } from '../../../../src/core/errors';
import { sentence } from '../../../../src/core/sentence';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Opens the filter and picks in one of its dropdowns. */
async function pick(testId: string, value: string): Promise<void> {
  if (!screen.queryByTestId('filter-bar')) fireEvent.keyDown(document.body, { key: 'f' });
  const dropdown = await screen.findByTestId(testId);
  await waitFor(() => expect(dropdown.querySelector(`[value="${value}"]`)).not.toBeNull());
  fireEvent.change(Object.assign(dropdown, { value }));
}
const countIs = (words: string): Promise<void> =>
  waitFor(() => expect(screen.getByTestId('filter-count').textContent).toBe(words));

describe('the filter of a file', () => {
  it('shows the rows of a label alone, and the keyboard walks among these', async () => {
    const { asked } = await show(24);
    await pick('filter-label', '2');
    await countIs('7 of 24 rows');
    expect(asked.filters.map(({ filter }) => filter.label)).toEqual([2]);
    await waitFor(() => expect(tiles()).toEqual([2, 8, 11, 14, 17, 20, 23].map(row => `Row ${row}, label 2`)));
    press('Home', 'ArrowRight');
    expect(status()).toBe('Row 8, label 2');
    press('ArrowDown');
    expect(status()).toBe('Row 23, label 2');
  });

  it('offers the labels of the file with their counts, and the rows that are not readable', async () => {
    await show(24);
    await pick('filter-label', 'unreadable');
    const names = [...screen.getByTestId('filter-label').children].map(({ textContent }) => textContent);
    expect(names).toEqual(['Any', '0 (8)', '1 (8)', '2 (7)', "Can't be read (1)"]);
    await countIs('1 of 24 rows');
    await waitFor(() => expect(tiles()).toEqual(["Row 5 can't be read: train.csv, row 5: 300 is no pixel."]));
  });

  it('asks for the images of its rows alone, wherever they are in the file', async () => {
    await show(42_000);
    await pick('filter-label', '2');
    await countIs('13,999 of 42,000 rows');
    press('End');
    await waitFor(() => expect(activeTile()).toBe('Row 41,999, label 2'));
  });

  it('says so where no row meets it, and leads back to all rows', async () => {
    await show(24, { filter: async () => new Uint32Array() });
    await pick('filter-label', '1');
    expect((await screen.findByTestId('no-rows')).textContent).toContain('No row of train.csv meets the filter.');
    expect(screen.queryByRole('grid')).toBeNull();
    fireEvent.click(within(screen.getByTestId('no-rows')).getByText('Show All Rows'));
    await countIs('All 24 rows');
    expect(tiles()).toHaveLength(24);
  });

  it('says why the rows could not be found, with the sentence of the host', async () => {
    await show(24, {
      filter: async () => {
        throw new DigitsError('read-failed', sentence`train.csv is gone.`);
      },
    });
    await pick('filter-label', '1');
    expect((await screen.findByTestId('filter-note')).textContent).toBe('train.csv is gone.');
  });

  it('leads to the nearest row that meets it, and says so', async () => {
    await show(24);
    await pick('filter-label', '2');
    await countIs('7 of 24 rows');
    goTo('13');
    expect(screen.getByTestId('go-note').textContent).toBe(
      'Row 13 does not meet the filter; row 14 is the nearest that does.',
    );
    await waitFor(() => expect(status()).toBe('Row 14, label 2'));
  });

  it('closes for a row that somebody else asks for, and says so', async () => {
    const { view } = await show(24);
    await pick('filter-label', '2');
    await countIs('7 of 24 rows');
    view.notify('reveal', 13);
    expect((await screen.findByTestId('go-note')).textContent).toBe('The filter was closed to show row 13.');
    expect(screen.queryByTestId('filter-bar')).toBeNull();
    await waitFor(() => expect(status()).toBe('Row 13, label 1'));
  });

  it('finds what a run got wrong, which is marked with what it was taken for', async () => {
    const { asked } = await show(24, {
      predictions: async () => [{ id: 'a', stamp: '1', name: 'balanced' }],
      predicted: async () => ({
        rows: Uint32Array.of(1, 2),
        predicted: Int32Array.of(1, 0),
        probabilities: Float32Array.of(0.9, 0.75),
        labels: undefined,
      }),
      filter: async request => {
        asked.filters.push(request);
        return Uint32Array.of(2);
      },
    });
    await waitFor(() => expect(document.querySelectorAll('.tile-image-wrong')).toHaveLength(1));
    await pick('filter-outcome', 'wrong');
    await countIs('1 of 24 rows');
    expect(asked.filters).toEqual([
      { filter: { label: undefined, predicted: undefined, outcome: 'wrong' }, source: 'a' },
    ]);
    await waitFor(() => expect(tiles()).toEqual(['Row 2, label 2, predicted 0 with probability 0.75: wrong']));
  });

  it('opens and closes at F, and all rows are there again', async () => {
    await show(24);
    await pick('filter-label', '2');
    await countIs('7 of 24 rows');
    fireEvent.keyDown(document.body, { key: 'f' });
    expect(screen.queryByTestId('filter-bar')).toBeNull();
    await waitFor(() => expect(tiles()).toHaveLength(24));
  });
});
