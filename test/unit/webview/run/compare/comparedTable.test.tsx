import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunRecord } from '../../../../../src/core/run/runRecord';
import type { ChartRun } from '../../../../../webview/run/charts/chartRun';
import { ComparedTable } from '../../../../../webview/run/compare/comparedTable';
import { epochRecords, runRecord } from '../../../support/runRecord';

afterEach(cleanup);

const run = (id: string, changes: Partial<RunRecord> = {}, slot = 0): ChartRun => ({
  id,
  name: `run ${id}`,
  run: { ...runRecord({ id }), bestEpoch: 2, valAccuracy: 0.98, ...changes },
  history: epochRecords([0.97, 0.98]),
  slot,
});
const a = run('a');
const b = run('b', { config: { ...runRecord().config, seed: 9 }, valAccuracy: 0.99 }, 1);

function show(onlyDiffering: boolean, runs: readonly ChartRun[] = [a, b]): ReturnType<typeof vi.fn> {
  const onOnlyDiffering = vi.fn();
  render(<ComparedTable runs={runs} onlyDiffering={onlyDiffering} onOnlyDiffering={onOnlyDiffering} />);
  return onOnlyDiffering;
}
const labels = (): string[] =>
  [...document.querySelectorAll('tbody th[scope=row]')].map(({ textContent }) => textContent ?? '');

describe('runs side by side', () => {
  it('have a column each, under their names', () => {
    show(false);
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent?.trim())).toEqual([
      'run a',
      'run b',
    ]);
  });

  it('mark what differs, for the eye and for a screen reader', () => {
    show(false);
    const seed = labels().find(label => label.includes('eed'))!;
    expect(seed).toMatch(/^≠.*, differs$/);
    expect(labels().some(label => !label.startsWith('≠'))).toBe(true);
  });

  it('show on request what differs alone', () => {
    show(true);
    expect(labels().length).toBeGreaterThan(0);
    expect(labels().every(label => label.startsWith('≠'))).toBe(true);
    expect(screen.getAllByText('The same for all.').length).toBeGreaterThan(0);
  });

  it('tell of a click on the box', () => {
    const told = show(false);
    fireEvent.click(screen.getByTestId('only-differing'));
    expect(told).toHaveBeenCalledWith(true);
  });
});
