import { layOut, never, serve } from './extensionHost';
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { expect } from 'vitest';
import type { ImagePage } from '../../../../src/protocol/imagePage';
import type { FilterRequest } from '../../../../src/protocol/previewFilter';
import type { PreviewHost, PreviewState, PreviewView } from '../../../../src/protocol/previewPanel';
import type { Rpc } from '../../../../src/protocol/rpc';
import { Preview } from '../../../../webview/preview/preview';

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

/**
 * Shows a file of `count` rows, of which the host sends the first ones with the file. Five tiles stand on a line, and three
 * lines and a half are in view.
 */
export async function show(
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
    orientation: async () => [],
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
  layOut(400, 300);
  const view = serve<PreviewHost, PreviewView>(host);
  render(<Preview />);
  await waitFor(() => expect(document.querySelector('main[aria-busy]')).toBeNull());
  return { view, asked };
}

export const grid = (): HTMLElement => screen.getByRole('grid');
export const press = (...keys: string[]): void => keys.forEach(key => fireEvent.keyDown(grid(), { key }));
export const status = (): string => screen.getByTestId('preview-status').textContent ?? '';
export const tiles = (): string[] =>
  [...document.querySelectorAll('.tile > .hidden-text')].map(({ textContent }) => textContent ?? '');
/** The tile that a screen reader is told of. */
export const activeTile = (): string | null | undefined =>
  document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.querySelector('.hidden-text')
    ?.textContent;
/** Types a row number, and Enter. */
export function goTo(text: string): void {
  const field = Object.assign(screen.getByTestId('go-to-row'), { value: text });
  fireEvent.input(field);
  fireEvent.submit(field.closest('form')!);
}
