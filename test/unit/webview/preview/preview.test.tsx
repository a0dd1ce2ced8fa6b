import { layOut, never, serve } from '../support/extensionHost';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DigitsError } from '../../../../src/core/errors';
import { sentence } from '../../../../src/core/sentence';
import type { ImagePage } from '../../../../src/protocol/imagePage';
import type { FilterRequest } from '../../../../src/protocol/previewFilter';
import type { PreviewHost, PreviewState, PreviewView } from '../../../../src/protocol/previewPanel';
import type { Rpc } from '../../../../src/protocol/rpc';
import { Preview } from '../../../../webview/preview/preview';

/** Five tiles a line, three lines and a half in view. */
beforeEach(() => layOut(400, 300));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const unreadable = 5;
const labelOf = (row: number): number => row % 3;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Images of four pixels, labelled 0, 1 and 2 in turn; row 5 can't be read. */
function pageOf(all: readonly number[], hasLabels = true): ImagePage {
  const rows = all.filter(row => row !== unreadable);
  return {
    rows: Uint32Array.from(rows),
    labels: hasLabels ? Int32Array.from(rows, labelOf) : undefined,
    pixels: new Uint8Array(4 * rows.length),
    problems: all.includes(unreadable)
      ? [{ kind: 'pixel', row: unreadable, line: unreadable + 1, message: 'train.csv, row 5: 300 is no pixel.' }]
      : [],
  };
}

interface Shown {
  /** Calls the view as the extension host does. */
  readonly view: Rpc<PreviewHost, PreviewView>;
  readonly asked: { readonly rows: number[]; readonly filters: FilterRequest[] };
}

/** Shows a file of `count` rows, of which the host sends the first ones with the file. */
async function show(
  count: number,
  changes: Partial<PreviewHost> = {},
  hasLabels = true,
  read = async (state: PreviewState): Promise<PreviewState> => state,
): Promise<Shown> {
  const asked: Shown['asked'] = { rows: [], filters: [] };
  const state: PreviewState = {
    file: 'train.csv',
    format: {
      kind: hasLabels ? 'train' : 'test',
      delimiter: ',',
      columns: 5,
      labelColumn: hasLabels ? 0 : undefined,
      idColumn: undefined,
      firstPixel: 1,
      side: 2,
      dataOffset: 40,
    },
    fullInk: 255,
    index: { rows: count, share: 1 },
    first: pageOf(upTo(Math.min(count, 24)), hasLabels),
    reveal: undefined,
  };
  const host: PreviewHost = {
    ready: () => read(state),
    reload: () => read(state),
    rows: async ({ first, count: many }) => {
      asked.rows.push(first);
      return pageOf(
        upTo(many).map(i => first - 1 + i),
        hasLabels,
      );
    },
    images: async rows => pageOf([...rows], hasLabels),
    labels: async () => ({ labels: [0, 1, 2], counts: [8, 8, 7], unreadable: 1 }),
    predictions: async () => [],
    predicted: () => never,
    filter: async request => {
      asked.filters.push(request);
      const { label } = request.filter;
      return Uint32Array.from(
        upTo(count).filter(row =>
          label === 'unreadable' ? row === unreadable : row !== unreadable && labelOf(row) === label,
        ),
      );
    },
    network: async () => undefined,
    openRun: () => undefined,
    revealTrainingRow: () => never,
    probabilities: () => never,
    occlusion: () => never,
    neighbours: () => never,
    cancelQuestion: () => undefined,
    reopenAsText: () => never,
    showLog: () => undefined,
    logError: error => {
      throw new Error(JSON.stringify(error));
    },
    ...changes,
  };
  const view = serve<PreviewHost, PreviewView>(host);
  render(<Preview />);
  await waitFor(() => expect(document.querySelector('main[aria-busy]')).toBeNull());
  return { view, asked };
}

const grid = (): HTMLElement => screen.getByRole('grid');
const press = (...keys: string[]): void => keys.forEach(key => fireEvent.keyDown(grid(), { key }));
const status = (): string => screen.getByTestId('preview-status').textContent ?? '';
const tiles = (): string[] =>
  [...document.querySelectorAll('.tile > .hidden-text')].map(({ textContent }) => textContent ?? '');
/** The tile that a screen reader is told of. */
const activeTile = (): string | null | undefined =>
  document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.querySelector('.hidden-text')
    ?.textContent;
/** Types a row number, and Enter. */
function goTo(text: string): void {
  const field = Object.assign(screen.getByTestId('go-to-row'), { value: text });
  fireEvent.input(field);
  fireEvent.submit(field.closest('form')!);
}
/** Opens the filter and picks in one of its dropdowns. */
async function pick(testId: string, value: string): Promise<void> {
  if (!screen.queryByTestId('filter-bar')) fireEvent.keyDown(document.body, { key: 'f' });
  const dropdown = await screen.findByTestId(testId);
  await waitFor(() => expect(dropdown.querySelector(`[value="${value}"]`)).not.toBeNull());
  fireEvent.change(Object.assign(dropdown, { value }));
}
const countIs = (words: string): Promise<void> =>
  waitFor(() => expect(screen.getByTestId('filter-count').textContent).toBe(words));

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
