import { never } from '../../support/extensionHost';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DigitsError } from '../../../../../src/core/errors';
import { occlusionGrid } from '../../../../../src/core/occlusion';
import { sentence } from '../../../../../src/core/sentence';
import type { Neighbours, Want } from '../../../../../src/protocol/explain';
import type { Explained } from '../../../../../src/protocol/inspector';
import { Inspector, type InspectorQuestions } from '../../../../../webview/shared/inspector/inspector';
import { explaining } from '../../../../../webview/shared/inspector/progressNews';

type Props = Parameters<typeof Inspector>[0];

const engine = { name: 'native', library: 'TensorFlow 2.15.1', processes: 1, threads: 2 } as const;
/** Two training images, both with the label 7. */
const neighbours: Explained<Neighbours> = {
  engine,
  value: {
    rows: Uint32Array.of(1200, 31),
    labels: Int32Array.of(7, 7),
    distances: Float32Array.of(0.0625, 0.125),
    pixels: new Uint8Array(32),
    compared: 9,
    trainingRows: 9,
    features: 128,
    bytes: 4096,
  },
};
const quiet: InspectorQuestions = { occlusion: () => never, neighbours: () => never, revealTraining: () => never };

let steps: number[];
let closed: number;
beforeEach(() => {
  steps = [];
  closed = 0;
});
afterEach(() => {
  // The view keeps which answers are wanted: the next test begins without any.
  for (const pressed of document.querySelectorAll('[aria-pressed=true]')) fireEvent.click(pressed);
  cleanup();
});

/** An image of four by four pixels whose values count from 0; the classes are 3, 7 and 9. */
const inspector = (changes: Partial<Props> = {}) => (
  <Inspector
    label="Image"
    heading="h2"
    file="train.csv"
    row={12}
    imageKey={`image ${changes.row ?? 12}`}
    position="1 of 3"
    first
    last={false}
    side={4}
    fullInk={255}
    digit={{ pixels: Uint8Array.from({ length: 16 }, (_, i) => i), fullInk: 255 }}
    truth={9}
    classes={[3, 7, 9]}
    judged={{ label: 2, predicted: 1, probabilities: Float32Array.of(0.001, 0.75, 0.249) }}
    questions={quiet}
    actions={() => undefined}
    asked={0}
    onStep={by => steps.push(by)}
    onClose={() => closed++}
    onCancelQuestion={() => undefined}
    {...changes}
  />
);
const readout = (): string => screen.getByTestId('pixel-readout').textContent ?? '';
const pixels = (): HTMLElement => screen.getByTestId('pixel-view');
const press = (...keys: string[]): void => keys.forEach(key => fireEvent.keyDown(pixels(), { key }));
const toggle = (want: 'attention' | 'neighbours'): boolean => fireEvent.click(screen.getByTestId(`${want}-toggle`));

describe('the pixels of the inspector', () => {
  it('are read with the arrow keys, from the middle on', () => {
    render(inspector());
    expect(readout()).toContain('press an arrow key');
    press('ArrowLeft');
    expect(readout()).toBe('Pixel row 2, column 2: 5');
    press('ArrowDown', 'ArrowRight');
    expect(readout()).toBe('Pixel row 3, column 3: 10');
    press('End', 'PageDown', 'ArrowDown');
    expect(readout()).toBe('Pixel row 4, column 4: 15');
    fireEvent.keyDown(pixels(), { key: 'Home', ctrlKey: true });
    expect(readout()).toBe('Pixel row 1, column 1: 0');
  });

  it('are told to a screen reader as they are walked, and keep the arrow keys from the next image', () => {
    render(inspector());
    press('ArrowRight', 'ArrowRight');
    expect(screen.getByText('pixel row 2, column 3: 6').getAttribute('role')).toBe('status');
    expect(steps).toEqual([]);
    fireEvent.keyDown(screen.getByTestId('inspector'), { key: 'ArrowRight' });
    expect(steps).toEqual([1]);
  });

  it('are read with the pointer, and then by keys from where it was pressed', () => {
    render(inspector());
    press('ArrowLeft');
    // Each is 70 pixels wide.
    fireEvent.pointerMove(pixels(), { clientX: 215, clientY: 5 });
    expect(readout()).toBe('Pixel row 1, column 4: 3');
    fireEvent.pointerLeave(pixels());
    expect(readout()).toBe('Pixel row 2, column 2: 5');
    fireEvent.pointerDown(pixels(), { clientX: 215, clientY: 5 });
    press('ArrowDown');
    expect(readout()).toBe('Pixel row 2, column 4: 7');
  });

  it('have no value before the image is there', () => {
    render(inspector({ digit: undefined }));
    press('ArrowLeft');
    expect(readout()).toBe('Pixel row 2, column 2: not there yet');
  });

  it('are none where there is no image, which says why', () => {
    render(inspector({ digit: undefined, noImage: <p>Row 12: 300 is no pixel.</p> }));
    expect(screen.queryByTestId('pixel-view')).toBeNull();
    expect(screen.getByText('Row 12: 300 is no pixel.')).toBeTruthy();
  });

  it('tell what covering them does, once the network was asked what it looked at', async () => {
    const drops = new Float32Array(16);
    drops[5] = 0.31;
    const map = { grid: occlusionGrid(4), predicted: 1, probability: 0.75, drops };
    render(inspector({ questions: { ...quiet, occlusion: async () => ({ engine, value: map }) } }));
    expect(screen.queryByTestId('attention-map')).toBeNull();
    toggle('attention');
    await screen.findByTestId('attention-map');
    press('ArrowLeft');
    expect(readout()).toBe('Pixel row 2, column 2: 5; p(7) falls by 0.31 when covered');
    press('ArrowRight');
    expect(readout()).toBe('Pixel row 2, column 3: 6; p(7) stays when covered');
    toggle('attention');
    expect(readout()).toBe('Pixel row 2, column 3: 6');
  });
});

describe('what the network says', () => {
  const bars = (): (string | null)[] =>
    [...screen.getByRole('list', { name: 'Probabilities' }).children].map(({ textContent }) => textContent);

  it('is the probability of each class, with the true and the predicted one named', () => {
    render(inspector());
    expect(bars()).toEqual(['3<0.01', '70.75predicted', '90.25true']);
    expect(screen.getByTestId('judgement').textContent).toBe('true 9 → predicted 7');
  });

  it('is called right where it is', () => {
    render(inspector({ truth: 7, judged: { label: 1, predicted: 1, probabilities: Float32Array.of(0, 1, 0) } }));
    expect(bars()).toEqual(['30.00', '71.00correct', '90.00']);
    expect(screen.getByTestId('judgement').textContent).toContain('which is right');
  });

  it('is of many classes the most probable ones, and all when asked', () => {
    const classes = Array.from({ length: 26 }, (_, i) => i);
    const probabilities = Float32Array.from(classes, i => i / 325);
    render(inspector({ classes, truth: 3, judged: { label: 3, predicted: 25, probabilities } }));
    expect(bars()).toHaveLength(11);
    fireEvent.click(screen.getByText('Show All 26 Classes'));
    expect(bars()).toHaveLength(26);
    expect(screen.queryByText('Show All 26 Classes')).toBeNull();
  });

  it('is nothing without a network: the label alone, and no question that none could answer', () => {
    render(inspector({ classes: [], judged: undefined, questions: undefined }));
    expect(screen.getByTestId('judgement').textContent).toBe('label 9');
    expect(screen.queryByRole('list', { name: 'Probabilities' })).toBeNull();
    expect(screen.queryByTestId('attention-toggle')).toBeNull();
    expect(screen.queryByTestId('neighbours-toggle')).toBeNull();
  });
});

describe('the nearest training images', () => {
  const items = (): HTMLElement[] => within(screen.getByTestId('neighbours')).getAllByRole('button');

  it('are asked for only when they are wanted', async () => {
    let asked = 0;
    const questions = {
      ...quiet,
      neighbours: async () => {
        asked++;
        return neighbours;
      },
    };
    render(inspector({ questions }));
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(asked).toBe(0);
    toggle('neighbours');
    const list = await screen.findByTestId('neighbours');
    expect(asked).toBe(1);
    expect(list.textContent).toContain('All 2 have the label 7.');
    expect(list.textContent).toContain('among 9 training images');
    expect(items().map(item => item.querySelector('.hidden-text')!.textContent)).toEqual([
      'Label 7, row 1,200, distance 0.063: reveal in preview',
      'Label 7, row 31, distance 0.125: reveal in preview',
    ]);
  });

  it('lead to their rows, or to the sentence that says why not, for this image alone', async () => {
    const revealed: number[] = [];
    const questions: InspectorQuestions = {
      ...quiet,
      neighbours: async () => neighbours,
      revealTraining: async row => {
        revealed.push(row);
        throw new DigitsError('mismatch', sentence`train.csv has changed.`);
      },
    };
    const { rerender } = render(inspector({ questions }));
    toggle('neighbours');
    await screen.findByTestId('neighbours');
    fireEvent.click(items()[1]!);
    expect((await screen.findByTestId('reveal-failure')).textContent).toBe('train.csv has changed.');
    expect(revealed).toEqual([31]);
    rerender(inspector({ questions, row: 13 }));
    expect(screen.queryByTestId('reveal-failure')).toBeNull();
  });

  it('say how far they are while they are waited for', async () => {
    render(inspector());
    toggle('neighbours');
    expect(screen.getByText('Comparing with the training images…')).toBeTruthy();
    explaining({ phase: 'reading', file: 'train.csv', share: 0.5 });
    expect(await screen.findByText('Reading train.csv')).toBeTruthy();
  });

  it('say why they are not there, and come at another try', async () => {
    let tries = 0;
    const questions: InspectorQuestions = {
      ...quiet,
      neighbours: async () => {
        if (++tries === 1) throw new DigitsError('mismatch', sentence`train.csv has changed.`);
        return neighbours;
      },
    };
    render(inspector({ questions }));
    toggle('neighbours');
    expect((await screen.findByTestId('unanswered')).textContent).toContain('train.csv has changed.');
    fireEvent.click(screen.getByText('Try Again'));
    expect(await screen.findByTestId('neighbours')).toBeTruthy();
  });

  it('are never those of the image before', async () => {
    const { rerender } = render(inspector({ questions: { ...quiet, neighbours: async () => neighbours } }));
    toggle('neighbours');
    await screen.findByTestId('neighbours');
    rerender(inspector({ row: 13 }));
    expect(screen.queryByTestId('neighbours')).toBeNull();
    expect(screen.getByText('Comparing with the training images…')).toBeTruthy();
  });

  it('are no longer computed once nobody waits for them', async () => {
    const cancelled: (Want | undefined)[] = [];
    const { unmount } = render(inspector({ onCancelQuestion: want => cancelled.push(want) }));
    toggle('neighbours');
    toggle('neighbours');
    expect(cancelled).toEqual(['neighbours', 'neighbours']);
    unmount();
    await waitFor(() => expect(cancelled).toEqual(['neighbours', 'neighbours', undefined]));
  });
});

describe('the way through the images', () => {
  it('leads on by keys and buttons, and out at Escape', () => {
    render(inspector());
    const panel = screen.getByTestId('inspector');
    fireEvent.keyDown(panel, { key: 'ArrowLeft' });
    fireEvent.click(screen.getByTestId('next'));
    expect(steps).toEqual([-1, 1]);
    fireEvent.keyDown(panel, { key: 'Escape' });
    fireEvent.click(screen.getByTestId('inspector-close'));
    expect(closed).toBe(2);
  });

  it('leaves the arrow keys to a slider that has the focus', async () => {
    const map = { grid: occlusionGrid(4), predicted: 1, probability: 0.75, drops: new Float32Array(16) };
    render(inspector({ questions: { ...quiet, occlusion: async () => ({ engine, value: map }) } }));
    toggle('attention');
    fireEvent.keyDown(await screen.findByRole('slider'), { key: 'ArrowRight' });
    expect(steps).toEqual([]);
  });

  it('takes the focus each time it is asked for', async () => {
    const { rerender } = render(inspector());
    pixels().focus();
    rerender(inspector({ asked: 1 }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('inspector')));
  });
});
