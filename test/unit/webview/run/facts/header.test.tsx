import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunPanelState } from '../../../../../src/protocol/runPanel';
import { Header } from '../../../../../webview/run/facts/header';
import { epochRecords, runRecord } from '../../../support/runRecord';

afterEach(cleanup);

/** Shows the header of a run and returns what its buttons have done. */
function show(change: Partial<RunPanelState> = {}): readonly string[] {
  const done: string[] = [];
  const state: RunPanelState = {
    runFolder: '/r',
    run: runRecord({ bestEpoch: 2, valAccuracy: 0.9712 }),
    history: epochRecords([0.95, 0.9712]),
    progress: undefined,
    validation: undefined,
    evaluations: [],
    show: undefined,
    imagesNote: undefined,
    canSubmit: true,
    trainsHere: false,
    canResume: false,
    ...change,
  };
  const note = (what: string) => (): void => void done.push(what);
  render(
    <Header
      state={state}
      onCancel={note('cancel')}
      onResume={note('resume')}
      onWriteSubmission={note('submit')}
      onShowLog={note('log')}
    />,
  );
  return done;
}
const shown = (id: string): boolean => screen.queryByTestId(id) !== null;
const text = (): string => document.body.textContent ?? '';

describe('the header of a run', () => {
  it('leads with the accuracy of the epoch whose weights are kept', () => {
    show();
    expect(screen.getByTestId('best').textContent).toContain('97.12 %');
    expect(screen.getByTestId('best').textContent).toContain('epoch 2 of 5');
  });

  it('writes a submission of a run that is done', () => {
    const done = show();
    fireEvent.click(screen.getByTestId('write-submission'));
    expect(done).toEqual(['submit']);
    expect([shown('cancel'), shown('resume'), shown('show-log')]).toEqual([false, false, false]);
  });

  it('says why there is nothing to submit where there is no test file', () => {
    show({ canSubmit: false });
    expect(shown('write-submission')).toBe(false);
    expect(text()).toContain('No test file beside train.csv');
  });

  it('cancels a training of this window, and offers nothing else meanwhile', () => {
    const done = show({ run: runRecord({ status: 'training' }), trainsHere: true, canResume: false });
    fireEvent.click(screen.getByTestId('cancel'));
    expect(done).toEqual(['cancel']);
    expect([shown('write-submission'), shown('resume')]).toEqual([false, false]);
  });

  it('offers nothing for a training of another window', () => {
    show({ run: runRecord({ status: 'training' }) });
    expect([shown('cancel'), shown('write-submission'), shown('resume')]).toEqual([false, false, false]);
  });

  it('resumes a run that was stopped', () => {
    const done = show({ run: runRecord({ status: 'cancelled' }), canResume: true });
    fireEvent.click(screen.getByTestId('resume'));
    expect(done).toEqual(['resume']);
    expect(screen.getByTestId('run-sentence').textContent).toContain('cancelled');
  });

  it('shows the sentence of a run that failed as text, whatever is in it, and leads to the log', () => {
    const message = 'train.csv, row 7 <b>is bad</b>.';
    const done = show({ run: runRecord({ status: 'failed', error: { code: 'bad-row', message } }) });
    expect(screen.getByTestId('run-sentence').textContent).toContain(message);
    expect(document.querySelector('b')).toBeNull();
    fireEvent.click(screen.getByTestId('show-log'));
    expect(done).toEqual(['log']);
  });

  it('is named by the title that the user gave', () => {
    show({ title: 'my best' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('my best');
    expect(screen.getByTestId('run-facts').textContent).toContain('train.csv');
  });

  it('says that there is no accuracy where no epoch ended', () => {
    show({ run: runRecord({ status: 'cancelled' }), history: [] });
    expect(shown('best')).toBe(false);
    expect(shown('write-submission')).toBe(false);
    expect(text()).toMatch(/no accuracy|No accuracy/);
  });
});
