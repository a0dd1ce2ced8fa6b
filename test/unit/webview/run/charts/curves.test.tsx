import { chart, figure, lines, showCurves, told, type ChartName } from '../../support/shownCurves';
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EpochRecord } from '../../../../../src/core/run/runRecord';
import { epochRecords, runRecord } from '../../../support/runRecord';

const accuracies = [0.9, 0.95, 0.96, 0.97, 0.975, 0.98, 0.982, 0.981, 0.983, 0.984];
const ten = epochRecords(accuracies);

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const show = (history: readonly EpochRecord[] = ten, run = runRecord({ config: { epochs: 10 } })): void =>
  showCurves(history, run);

const press = (name: ChartName, ...keys: string[]): void =>
  keys.forEach(key => fireEvent.keyDown(chart(name), { key }));
const legend = (name: ChartName): string => figure(name).querySelector('.legend')?.textContent ?? '';
const zoomWords = (): string | undefined => screen.queryByTestId('zoom')?.textContent ?? undefined;
/** The numbers below a chart, and those beside it. */
const across = (name: ChartName): string[] => axisTexts(name, 'middle').filter(text => /^\d+$/.test(text));
const beside = (name: ChartName): string[] => axisTexts(name, 'end');
const axisTexts = (name: ChartName, anchor: string): string[] =>
  [...chart(name).querySelectorAll(`.axis-text[text-anchor=${anchor}]`)].map(({ textContent }) => textContent ?? '');
const setSmoothing = (value: number): void => {
  fireEvent.input(screen.getByTestId('smoothing'), { target: { value: String(value) } });
};

describe('the values of an epoch', () => {
  it('are those of the last one, until a key marks another', () => {
    show();
    expect(legend('accuracy')).toMatch(/^epoch 10.*validation 98\.40 %/);
    press('accuracy', 'Home', 'ArrowRight');
    expect(legend('accuracy')).toMatch(/^epoch 2.*training 90\.00 %.*validation 95\.00 %/);
    press('accuracy', 'Escape');
    expect(legend('accuracy')).toMatch(/^epoch 10/);
  });

  it('are told to a screen reader, of the chart that has the focus', () => {
    show();
    press('accuracy', 'End', 'ArrowLeft');
    expect(told()).toBe('Accuracy, epoch 9: training 90.00 %; validation 98.30 %');
    press('loss', 'ArrowLeft');
    expect(told()).toMatch(/^Loss, epoch 8: training 0\.125/);
    press('loss', 'Escape');
    expect(told()).toBe('');
  });

  it('are marked in all charts at once, until the focus leaves', () => {
    show();
    expect(document.querySelectorAll('.crosshair')).toHaveLength(0);
    press('loss', 'Home');
    expect(document.querySelectorAll('.crosshair')).toHaveLength(3);
    expect(legend('learning-rate')).toMatch(/^epoch 1/);
    fireEvent.blur(chart('loss'));
    expect(document.querySelectorAll('.crosshair')).toHaveLength(0);
  });

  it('stay within the epochs that have ended', () => {
    show(ten.slice(0, 4), runRecord({ status: 'training', config: { epochs: 10 } }));
    expect(across('loss')).toContain('10');
    press('loss', 'End', 'ArrowRight', 'ArrowRight');
    expect(told()).toMatch(/^Loss, epoch 4:/);
  });

  it('leave keys alone that mean nothing to a chart, or belong to VS Code', () => {
    show();
    expect(fireEvent.keyDown(chart('loss'), { key: 'a' })).toBe(true);
    expect(fireEvent.keyDown(chart('loss'), { key: 'Home', ctrlKey: true })).toBe(true);
    expect(told()).toBe('');
    expect(fireEvent.keyDown(chart('loss'), { key: 'Home' })).toBe(false);
  });
});

describe('the epochs in view', () => {
  it('are fewer around the marked one at +, and all again at 0', () => {
    show();
    expect(zoomWords()).toBeUndefined();
    press('loss', 'Home', '+');
    expect(zoomWords()).toBe('Epochs 1 to 6 of 10');
    expect(told()).toBe('Epochs 1 to 6');
    expect(across('accuracy')).toEqual(['1', '2', '3', '4', '5', '6']);
    press('loss', '0');
    expect(zoomWords()).toBeUndefined();
    expect(across('accuracy')).toContain('10');
  });

  it('are those of a drag, in every chart', () => {
    show();
    const ticks = [...chart('loss').querySelectorAll('.axis-text[text-anchor=middle]')];
    const place = (epoch: number): number =>
      Number(ticks.find(({ textContent }) => textContent === String(epoch))!.getAttribute('x'));
    fireEvent.pointerDown(chart('loss'), { button: 0, pointerId: 1, clientX: place(3) });
    fireEvent.pointerMove(chart('loss'), { pointerId: 1, clientX: place(7) });
    expect(chart('loss').querySelector('.selection')).not.toBeNull();
    fireEvent.pointerUp(chart('loss'), { pointerId: 1, clientX: place(7) });
    expect(zoomWords()).toBe('Epochs 3 to 7 of 10');
    expect(across('learning-rate')).toEqual(['3', '4', '5', '6', '7']);
  });

  it('stay at a click, and at a drag that Escape gives up', () => {
    show();
    fireEvent.pointerDown(chart('loss'), { button: 0, pointerId: 1, clientX: 200 });
    fireEvent.pointerUp(chart('loss'), { pointerId: 1, clientX: 201 });
    fireEvent.pointerDown(chart('loss'), { button: 0, pointerId: 1, clientX: 200 });
    fireEvent.pointerMove(chart('loss'), { pointerId: 1, clientX: 400 });
    press('loss', 'Escape');
    fireEvent.pointerUp(chart('loss'), { pointerId: 1, clientX: 400 });
    expect(zoomWords()).toBeUndefined();
  });

  it('follow the marked one, and are all again at the press of a button', () => {
    show();
    press('loss', 'Home', '+', 'End');
    expect(zoomWords()).toBe('Epochs 5 to 10 of 10');
    fireEvent.click(screen.getByTestId('reset-zoom'));
    expect(zoomWords()).toBeUndefined();
  });
});

describe('smoothed curves', () => {
  it('lie over what was measured, and both values are told', () => {
    show();
    expect(lines('loss', 'line-behind')).toBe(0);
    setSmoothing(0.5);
    expect(lines('loss', 'line-behind')).toBe(2);
    press('loss', 'Home', 'ArrowRight');
    // (1 · 0.5 + 0.5 · 0.5 · 2) / 1.5, corrected for its beginning.
    expect(legend('loss')).toMatch(/training 0\.500\d* smoothed 0\.666/);
    expect(screen.getByText('0.50')).toBeTruthy();
  });

  it('are none of the learning rate, which was not measured', () => {
    show();
    setSmoothing(0.9);
    expect(lines('learning-rate', 'line-behind')).toBe(0);
    expect(legend('learning-rate')).not.toContain('smoothed');
  });

  it('leave the table as it was measured', () => {
    show();
    const table = (): string => within(figure('loss')).getByRole('table').textContent ?? '';
    const measured = table();
    setSmoothing(0.9);
    expect(table()).toBe(measured);
    expect(measured).toContain('0.500');
  });
});

describe('a logarithmic scale', () => {
  it('is one of loss and learning rate, and not of accuracy', () => {
    show(epochRecords([0.1, 0.5, 0.9]));
    const before = { loss: beside('loss'), accuracy: beside('accuracy') };
    fireEvent.click(screen.getByTestId('log-scale'));
    expect(beside('loss')).not.toEqual(before.loss);
    expect(beside('loss')).toEqual(expect.arrayContaining(['0.1', '0.2', '0.5', '1']));
    expect(beside('accuracy')).toEqual(before.accuracy);
  });

  it('leaves a value of 0 out, and says so', () => {
    show(ten.map((epoch, i) => (i === 4 ? { ...epoch, loss: 0 } : epoch)));
    expect(lines('loss')).toBe(2);
    fireEvent.click(screen.getByTestId('log-scale'));
    // The line of the training breaks there.
    expect(lines('loss')).toBe(3);
    expect(figure('loss').textContent).toContain('has no place for 0');
    expect(figure('learning-rate').textContent).not.toContain('has no place for 0');
  });
});

describe('a run of several networks', () => {
  const networks = runRecord({ networks: 2, keeps: 'last', config: { epochs: 5 } });

  it('has a line for each, and tells an epoch by its network too', () => {
    show(ten, networks);
    expect(lines('loss')).toBe(4);
    press('loss', 'Home', ...Array<string>(6).fill('ArrowRight'));
    expect(legend('loss')).toMatch(/^epoch 7 \(network 2, epoch 2\)/);
    expect(told()).toMatch(/^Loss, epoch 7 \(network 2, epoch 2\): /);
  });

  it('says where a network begins and which weights are kept, in the chart and in its table', () => {
    show(ten, networks);
    expect(chart('loss').textContent).toContain('network 2');
    expect(chart('loss').querySelectorAll('.kept-mark')).toHaveLength(2);
    expect(screen.getByTestId('kept').textContent).toContain('epochs 5 and 10 are kept, one of each network');
    const remarks = [...figure('loss').querySelectorAll('.remark')].map(({ textContent }) => textContent);
    expect(remarks).toEqual(['', '', '', '', 'kept', 'network 2', '', '', '', 'kept']);
  });

  it('smooths each network by itself', () => {
    show(
      [
        ...epochRecords([0.9, 0.9]),
        ...epochRecords([0.5, 0.5]).map(record => ({ ...record, epoch: record.epoch + 2 })),
      ],
      {
        ...networks,
        config: { ...networks.config, epochs: 2 },
      },
    );
    setSmoothing(0.9);
    press('accuracy', 'Home', 'ArrowRight', 'ArrowRight');
    expect(legend('accuracy')).toMatch(/validation 50\.00 % smoothed 50\.00 %/);
  });
});

describe('a run that trained on all images', () => {
  const all = epochRecords(accuracies.map(() => undefined));

  it('has no line of a validation, in no chart and no table', () => {
    show(all, runRecord({ keeps: 'last', config: { epochs: 10 }, data: { validationRows: 0 } }));
    expect(lines('loss')).toBe(1);
    expect(lines('accuracy')).toBe(1);
    expect(legend('accuracy')).toMatch(/^epoch 10 *training 90\.00 %$/);
    expect(document.body.textContent).not.toContain('validation');
    press('loss', 'End');
    expect(told()).toMatch(/^Loss, epoch 10: training 0\.1\d*$/);
  });

  it('keeps the last epoch, and says so', () => {
    show(all, runRecord({ keeps: 'last', config: { epochs: 10 }, data: { validationRows: 0 } }));
    expect(screen.getByTestId('kept').textContent).toContain('epoch 10 are kept, the last one');
    expect(chart('loss').querySelectorAll('.kept-line')).toHaveLength(1);
  });
});

describe('a run without an epoch', () => {
  it('says what is to come while it trains, and draws nothing', () => {
    show([], runRecord({ status: 'training' }));
    expect(screen.queryByTestId('chart-loss')).toBeNull();
    expect(screen.queryByTestId('smoothing')).toBeNull();
    expect(document.body.textContent).toContain('when the first epoch has ended');
  });

  it('says that there is nothing to draw once it is over', () => {
    show([], runRecord({ status: 'cancelled' }));
    expect(document.body.textContent).toContain('nothing to draw');
  });
});
