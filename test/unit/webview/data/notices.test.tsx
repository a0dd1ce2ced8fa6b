import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { ChangedFile } from '../../../../src/protocol/dataPanel';
import { Notices } from '../../../../webview/data/notices';

afterEach(cleanup);

const nothing = (): void => undefined;
const head = { size: 1, header: { side: 28, hasLabels: true } };

/** The notices of a page that read train.csv and test.csv. */
function show(...changed: ChangedFile[]): string | null {
  render(
    <Notices
      state={{
        folder: '/data',
        name: 'data',
        files: [
          { role: 'train', name: 'train.csv', ...head },
          { role: 'test', name: 'test.csv', ...head },
        ],
        problems: [],
        work: { type: 'cancelled' },
        changed,
      }}
      problem={undefined}
      onReload={nothing}
      onShowLog={nothing}
      onCloseProblem={nothing}
    />,
  );
  return screen.getByTestId('changed').textContent;
}

it('a file that is gone is said to be, and the page can be read again without it', () => {
  expect(show({ name: 'train.csv', change: 'gone' })).toContain('train.csv was deleted or moved');
  expect(screen.getByTestId('reload')).toBeTruthy();
});

it('where all files are gone there is no Reload that can only fail', () => {
  const words = show({ name: 'train.csv', change: 'gone' }, { name: 'test.csv', change: 'gone' });
  expect(words).toContain('Put them back');
  expect(screen.queryByTestId('reload')).toBeNull();
});

it('where all files are gone and another is new the page can be read again', () => {
  show(
    { name: 'train.csv', change: 'gone' },
    { name: 'test.csv', change: 'gone' },
    { name: 'mine.csv', change: 'new' },
  );
  expect(screen.getByTestId('reload')).toBeTruthy();
});
