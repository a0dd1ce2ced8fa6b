import { never, serve } from '../support/extensionHost';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { DigitsError } from '../../../../src/core/errors';
import { sentence } from '../../../../src/core/sentence';
import type { InspectorNetwork, PreviewImagePlace } from '../../../../src/protocol/inspector';
import type { PreviewHost, PreviewState, PreviewView } from '../../../../src/protocol/previewPanel';
import { PreviewInspector } from '../../../../webview/preview/previewInspector';
import { allRows } from '../../../../webview/preview/rowList';
import { connect } from '../../../../webview/shared/bridge';

afterEach(cleanup);

type Host = Partial<PreviewHost>;
type Props = Parameters<typeof PreviewInspector>[0];

const network: InspectorNetwork = {
  runFolder: '/runs/a',
  name: 'balanced, 99.55 %',
  classes: [3, 7],
  notes: ['It trained on other images.'],
};
const engine = { name: 'portable', library: 'tfjs 4.22', processes: 1, threads: 1 } as const;
const state: PreviewState = {
  file: 'test.csv',
  format: {
    kind: 'train',
    delimiter: ',',
    columns: 5,
    labelColumn: 0,
    idColumn: undefined,
    firstPixel: 1,
    side: 2,
    dataOffset: 30,
  },
  fullInk: 255,
  index: { rows: 9, share: 1 },
  first: { rows: new Uint32Array(), labels: undefined, pixels: new Uint8Array(), problems: [] },
  reveal: undefined,
};

/** Opens row 4, a 7, with a host that knows of a network unless `host` says otherwise; returns what was asked of it. */
function show(host: Host, props: Partial<Props> = {}): readonly PreviewImagePlace[] {
  const asked: PreviewImagePlace[] = [];
  serve<Host, PreviewView>({
    network: async () => network,
    orientation: async () => ['The images lie on their side.'],
    probabilities: async place => {
      asked.push(place);
      return { engine, value: Float32Array.of(0.75, 0.25) };
    },
    rows: () => never,
    cancelQuestion: () => undefined,
    ...host,
  });
  render(
    <PreviewInspector
      host={connect<PreviewView, PreviewHost>({} as PreviewView)}
      state={state}
      row={4}
      value={{ digit: { pixels: new Uint8Array(4), fullInk: 255 }, label: 7 }}
      list={allRows(9)}
      isFiltered={false}
      invert={false}
      asked={1}
      onStep={() => undefined}
      onClose={() => undefined}
      {...props}
    />,
  );
  return asked;
}

it('says without a network how to get one, and asks nothing about the image', async () => {
  const asked = show({ network: async () => undefined });
  const words = (await screen.findByTestId('no-network')).textContent;
  expect(words).toMatch(/^No network for images of 2×2 pixels was trained here yet; run .*Train Model/);
  expect(screen.getByTestId('judgement').textContent).toBe('label 7');
  expect(screen.queryByTestId('neighbours-toggle')).toBeNull();
  expect(screen.queryByTestId('open-run')).toBeNull();
  expect(asked).toEqual([]);
});

it('says what the newest network takes the image for, whose it is and what to be careful about', async () => {
  const asked = show({});
  expect((await screen.findByTestId('network')).textContent).toContain('balanced, 99.55 %');
  expect(asked).toEqual([{ runFolder: '/runs/a', row: 4 }]);
  expect(screen.getByTestId('judgement').textContent).toBe('true 7 → predicted 3');
  const notes = (): (string | null)[] => screen.getAllByTestId('network-note').map(({ textContent }) => textContent);
  await waitFor(() => expect(notes()).toEqual(['It trained on other images.', 'The images lie on their side.']));
  expect(screen.getByTestId('engine-note').textContent).toContain('slower');
});

it('takes no label for a class that the network does not know', async () => {
  show({}, { value: { digit: { pixels: new Uint8Array(4), fullInk: 255 }, label: 5 } });
  await screen.findByTestId('network');
  expect(screen.getByTestId('judgement').textContent).toBe('true 5 → predicted 3');
  expect(document.querySelectorAll('.is-true, .is-correct')).toHaveLength(0);
});

it('opens the run of the network', async () => {
  const opened: string[] = [];
  show({ openRun: folder => void opened.push(folder) });
  fireEvent.click(await screen.findByTestId('open-run'));
  await waitFor(() => expect(opened).toEqual(['/runs/a']));
});

it('says of a row that is not readable why, and asks no network about it', async () => {
  const asked = show({}, { value: { problem: 'test.csv, row 4: 300 is no pixel.' } });
  expect(screen.getByText('test.csv, row 4: 300 is no pixel.')).toBeTruthy();
  await screen.findByTestId('open-run');
  // Longer than a question rests before it is asked.
  await new Promise(resolve => setTimeout(resolve, 200));
  expect(screen.queryByTestId('attention-toggle')).toBeNull();
  expect(asked).toEqual([]);
});

it('fetches a row that the grid has not', async () => {
  const wanted: unknown[] = [];
  show(
    {
      rows: async range => {
        wanted.push(range);
        const rows = Uint32Array.of(4);
        return { rows, labels: Int32Array.of(3), pixels: Uint8Array.of(1, 2, 3, 4), problems: [] };
      },
    },
    { value: undefined },
  );
  await screen.findByTestId('network');
  expect(wanted).toEqual([{ first: 4, count: 1 }]);
  expect(screen.getByTestId('judgement').textContent).toContain('true 3');
  fireEvent.keyDown(screen.getByTestId('pixel-view'), { key: 'End' });
  fireEvent.keyDown(screen.getByTestId('pixel-view'), { key: 'End' });
  expect(screen.getByTestId('pixel-readout').textContent).toBe('Pixel row 1, column 2: 2');
});

it('shows the sentence of a network that can not answer, and asks again when told to', async () => {
  let tries = 0;
  show({
    probabilities: async () => {
      if (++tries === 1) throw new DigitsError('no-run', sentence`The run is gone.`);
      return { engine, value: Float32Array.of(0.75, 0.25) };
    },
  });
  expect((await screen.findByTestId('unanswered')).textContent).toContain('The run is gone.');
  fireEvent.click(screen.getByText('Try Again'));
  expect(await screen.findByTestId('network')).toBeTruthy();
});

it('says where it is: among the rows of the file, or among those that meet the filter', async () => {
  show({}, { isFiltered: true });
  expect(screen.getByTestId('inspector').textContent).toContain('4 of 9');
  cleanup();
  show({});
  expect(screen.getByTestId('inspector').textContent).toMatch(/test\.csv *of 9/);
});
