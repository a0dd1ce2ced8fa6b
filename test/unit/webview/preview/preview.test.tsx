import { activeTile, goTo, grid, press, show, status, tiles } from '../support/shownPreview';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DigitsError } from '../../../../src/core/errors';
import { sentence } from '../../../../src/core/sentence';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('the grid of a file', () => {
  it('has a tile for each row, with its label', async () => {
    const { asked } = await show(24);
    expect(screen.getByTestId('preview-summary').textContent).toBe('24 images, 2×2');
    expect(tiles()).toHaveLength(24);
    expect(tiles()[1]).toBe('Row 2, label 2');
    expect(asked.rows).toEqual([]);
  });

  it('says of a row that is not readable why, on its tile and to the keyboard', async () => {
    await show(24);
    expect(document.querySelectorAll('.tile-problem')).toHaveLength(1);
    press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(status()).toBe("Row 5 can't be read: train.csv, row 5: 300 is no pixel.");
    expect(activeTile()).toBe(status());
  });

  it('is walked by keys: along a line, from line to line, and to both ends', async () => {
    await show(24);
    const walk: [string, string][] = [
      ['ArrowRight', 'Row 1, label 1'],
      ['ArrowRight', 'Row 2, label 2'],
      ['ArrowDown', 'Row 7, label 1'],
      ['ArrowLeft', 'Row 6, label 0'],
      ['ArrowUp', 'Row 1, label 1'],
      ['ArrowLeft', 'Row 1, label 1'],
      ['End', 'Row 24, label 0'],
      ['ArrowRight', 'Row 24, label 0'],
      ['PageUp', 'Row 9, label 0'],
      ['Home', 'Row 1, label 1'],
    ];
    for (const [key, words] of walk) {
      press(key);
      expect([key, status(), activeTile()]).toEqual([key, words, words]);
    }
  });

  it('says what to do before a key was pressed, and tells what is under the pointer', async () => {
    await show(24);
    expect(status()).toContain('arrow keys');
    fireEvent.pointerMove(document.querySelector('[data-index="3"]')!);
    expect(status()).toBe('Row 4, label 1');
    fireEvent.pointerLeave(grid());
    expect(status()).toContain('arrow keys');
  });

  it('draws only the lines about those in view, and asks for their rows when it gets there', async () => {
    const { asked } = await show(42_000);
    expect(tiles().length).toBeLessThan(50);
    press('End');
    await waitFor(() => expect(activeTile()).toBe('Row 42,000, label 0'));
    expect(tiles().length).toBeLessThan(50);
    expect(asked.rows).toContain(41_985);
  });

  it('goes to a row by its number, or says why there is none', async () => {
    await show(24);
    goTo('17');
    expect(status()).toBe('Row 17, label 2');
    goTo('25');
    expect(screen.getByRole('alert').textContent).toBe('The last row is 24.');
    expect(status()).toBe('Row 17, label 2');
  });

  it('has no labels where the file has none', async () => {
    await show(24, {}, false);
    expect(screen.getByTestId('preview-summary').textContent).toContain('without labels');
    press('Home');
    expect(status()).toBe('Row 1');
  });

  it('says so where the file has no rows', async () => {
    await show(0);
    expect(screen.queryByRole('grid')).toBeNull();
    expect(document.body.textContent).toContain('train.csv has a header and no rows.');
  });

  it('opens the image that the keyboard is on at Enter, and closes it at Escape', async () => {
    await show(24);
    press('Home', 'ArrowRight', 'Enter');
    const inspector = screen.getByTestId('inspector');
    expect(within(inspector).getByRole('heading').textContent).toBe('Row 2');
    fireEvent.keyDown(inspector, { key: 'ArrowRight' });
    expect(within(inspector).getByRole('heading').textContent).toBe('Row 3');
    expect(status()).toBe('Row 3, label 0');
    fireEvent.keyDown(inspector, { key: 'Escape' });
    expect(screen.queryByTestId('inspector')).toBeNull();
  });

  it('marks an image at a click, and opens it at a double click', async () => {
    await show(24);
    const third = document.querySelector('[data-index="2"]')!;
    fireEvent.click(third);
    expect(status()).toBe('Row 3, label 0');
    expect(screen.queryByTestId('inspector')).toBeNull();
    fireEvent.dblClick(third);
    expect(within(screen.getByTestId('inspector')).getByRole('heading').textContent).toBe('Row 3');
  });

  it('says that the file changed on disk, and shows the images from before until it is read again', async () => {
    const { view } = await show(24);
    view.notify('changed', 'changed');
    expect((await screen.findByTestId('changed')).textContent).toContain('changed on disk');
    expect(tiles()).toHaveLength(24);
    fireEvent.click(screen.getByText('Reload'));
    await waitFor(() => expect(screen.queryByTestId('changed')).toBeNull());
  });

  it('gives way to the sentence of what failed, until it is read at another try', async () => {
    let tries = 0;
    const gone = new DigitsError('read-failed', sentence`train.csv is gone.`);
    await show(24, {}, true, state => (++tries === 1 ? Promise.reject(gone) : Promise.resolve(state)));
    expect(screen.getByRole('alert').textContent).toContain('train.csv is gone.');
    expect(screen.queryByRole('grid')).toBeNull();
    fireEvent.click(screen.getByText('Try Again'));
    await waitFor(() => expect(tiles()).toHaveLength(24));
  });
});
