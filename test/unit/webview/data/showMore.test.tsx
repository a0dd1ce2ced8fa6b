import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, expect, it } from 'vitest';
import { ShowMore } from '../../../../webview/data/showMore';

afterEach(cleanup);

function List({ total, step }: { readonly total: number; readonly step: number }) {
  const [shown, setShown] = useState(step);
  return (
    <ShowMore
      shown={Math.min(shown, total)}
      total={total}
      what="rows"
      testId="more"
      onMore={() => setShown(shown + step)}
    />
  );
}

it('nothing stands below a list that is whole from the beginning', () => {
  const { container } = render(<List total={5} step={10} />);
  expect(container.textContent).toBe('');
});

it('a list that is cut off shows more at each press, and at its end says so and keeps the focus', async () => {
  render(<List total={1500} step={1000} />);
  expect(screen.getByRole('status').textContent).toBe('1,000 of 1,500 rows shown');
  fireEvent.click(screen.getByTestId('more'));
  expect((await screen.findByRole('status')).textContent).toBe('All 1,500 rows shown');
  expect(screen.queryByTestId('more')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('status'));
});
