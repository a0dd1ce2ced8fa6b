import { chart, figure, lines, showCurves, told } from '../../support/shownCurves';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { DigitsError } from '../../../../../src/core/errors';
import { sentence } from '../../../../../src/core/sentence';
import type { ComparedRun, RunPanelHost } from '../../../../../src/protocol/runPanel';
import { epochRecords, runRecord } from '../../../support/runRecord';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const others: readonly ComparedRun[] = ['b', 'c'].map(id => ({
  id,
  title: `run ${id}`,
  run: runRecord({ id }),
  history: epochRecords([0.5, 0.6]),
}));

/** Shows a run of three epochs, and lets the user pick the other two, unless `answers` say otherwise. */
function compare(answers: Partial<RunPanelHost> = {}): void {
  showCurves(epochRecords([0.9, 0.95, 0.97]), runRecord(), {
    pickCompared: async () => ['b', 'c'],
    comparedRuns: async ids => others.filter(({ id }) => ids.includes(id)),
    ...answers,
  });
  fireEvent.click(screen.getByTestId('compare-with'));
}
const names = (): (string | null)[] =>
  [...figure('accuracy').querySelectorAll('.legend-name')].map(({ textContent }) => textContent);
const values = (name: string): (string | undefined)[] => {
  const row = within(figure('accuracy')).getAllByRole('rowheader', { name })[0]!.closest('tr')!;
  return [...row.querySelectorAll('td')].map(({ textContent }) => textContent?.trim());
};

it('a run that is picked is drawn over this one, with its values at the marked epoch', async () => {
  compare();
  await waitFor(() => expect(names()).toEqual(['mine', 'run b', 'run c']));
  expect(lines('accuracy')).toBe(6);
  fireEvent.keyDown(chart('accuracy'), { key: 'Home' });
  expect(values('mine')).toEqual(['90.00 %', '90.00 %']);
  expect(values('run b')).toEqual(['90.00 %', '50.00 %']);
  expect(told()).toContain('run b, validation 50.00 %');
  // It has ended before the third epoch of this one.
  fireEvent.keyDown(chart('accuracy'), { key: 'End' });
  expect(values('run b')).toEqual(['–', '–']);
});

it('the curves of the training are left out on request, where runs are compared', async () => {
  compare();
  const box = await screen.findByTestId('training-curves');
  fireEvent.click(box);
  expect(lines('accuracy')).toBe(3);
});

it('a click takes a run out of the comparison, and the others keep their looks', async () => {
  compare();
  const legend = await screen.findByTestId('compared-runs');
  const looks = (): string | undefined =>
    within(legend).getByText('run c').closest('li')!.querySelector('svg')!.outerHTML;
  const before = looks();
  fireEvent.click(within(legend).getByLabelText('Take run b out of the comparison'));
  await waitFor(() => expect(names()).toEqual(['mine', 'run c']));
  expect(looks()).toBe(before);
});

it('a run that is gone is named, and no longer compared', async () => {
  compare({ comparedRuns: async ids => others.filter(({ id }) => id === 'b' && ids.includes(id)) });
  expect((await screen.findByTestId('compared-notice')).textContent).toBe(
    'The run "c" is gone, so it is no longer compared.',
  );
  expect(names()).toEqual(['mine', 'run b']);
});

it('the sentence of the host says why runs can not be read', async () => {
  compare({
    comparedRuns: async () => {
      throw new DigitsError('read-failed', sentence`The folder of runs is gone.`);
    },
  });
  expect((await screen.findByRole('alert')).textContent).toBe('The folder of runs is gone.');
});

it('nothing changes where no run is picked', async () => {
  let asked = 0;
  compare({
    pickCompared: async () => {
      asked++;
      return undefined;
    },
  });
  await waitFor(() => expect(asked).toBe(1));
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(screen.queryByTestId('compared-runs')).toBeNull();
  expect(lines('accuracy')).toBe(2);
});
