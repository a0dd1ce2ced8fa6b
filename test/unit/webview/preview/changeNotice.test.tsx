import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { ChangeNotice } from '../../../../webview/preview/changeNotice';

afterEach(cleanup);

it('a file that changed is offered to be read again', () => {
  const reload = vi.fn();
  render(<ChangeNotice file="train.csv" change="changed" onReload={reload} />);
  expect(screen.getByRole('status').textContent).toContain('train.csv changed on disk');
  fireEvent.click(screen.getByText('Reload'));
  expect(reload).toHaveBeenCalledOnce();
});

it('a file that is gone is said to be, with what to do, and no Reload that can only fail', () => {
  render(<ChangeNotice file="train.csv" change="gone" onReload={() => undefined} />);
  expect(screen.getByRole('status').textContent).toBe(
    'train.csv was deleted or moved; these are its images from before. Put it back to read it again.',
  );
  expect(screen.queryByText('Reload')).toBeNull();
});

it('nothing is said of a file that is as it was', () => {
  const { container } = render(<ChangeNotice file="train.csv" change={undefined} onReload={() => undefined} />);
  expect(container.textContent).toBe('');
});
