import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { trainedFolder } from '../trainRun';
import { triedThemes, until } from '../vscodeWindow';

// Where a network errs: the confusion matrix, the metrics of each class and the gallery, by mouse and by keyboard.

const window = useWindow({ workspace: { copyOf: trainedFolder() }, size: { width: 1280, height: 900 } });

const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
const valueOf = (frame: Frame, id: string): Promise<string> =>
  frame.getByTestId(id).evaluate((element: unknown) => (element as { readonly value: string }).value);
const countStarts = (frame: Frame, start: string | RegExp): Promise<boolean> =>
  until(`the gallery of ${start}`, async () =>
    typeof start === 'string'
      ? (await textOf(frame, 'examples-count')).startsWith(start)
      : start.test(await textOf(frame, 'examples-count')),
  );
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await window().page.keyboard.press(key);
};

/** A cell with mistakes: its classes, which are the digits themselves, and how many images it has. */
async function someMistakes(
  frame: Frame,
): Promise<{ readonly truth: number; readonly predicted: number; readonly images: number }> {
  const label = (await frame.getByTestId('confusion').locator('td.errors').last().getAttribute('aria-label'))!;
  const [, truth, predicted, images] = /^true (\d), predicted (\d): (\d+) images?, [\d.]+ % of true \1$/
    .exec(label)!
    .map(Number);
  return { truth: truth!, predicted: predicted!, images: images! };
}

/** The rows of the tiles that are drawn, in their order. */
async function rowsOfTiles(frame: Frame): Promise<readonly number[]> {
  const tiles = frame.getByTestId('examples').getByRole('gridcell');
  await tiles.first().waitFor();
  const labels = await tiles.locator('.hidden-text').allInnerTexts();
  return labels.map(label => Number(/^Row ([\d,]+).*: true \d → predicted \d, p/.exec(label)![1]!.replace(',', '')));
}

describe('where a network errs', () => {
  test('is told of a run: accuracy with its interval, and how sure the network is', async () => {
    await window().openRun(/quick/);
    const frame = await panel();
    await frame.getByTestId('confusion').waitFor();
    expect(await textOf(frame, 'accuracy')).toMatch(
      /^\d\d\.\d\d % right of 301 validation images; 95 % confidence interval \d\d\.\d\d % to \d\d\.\d\d % \(Wilson score interval\)$/,
    );
    expect(await textOf(frame, 'confidence')).toMatch(/probability of \d\d\.\d\d % on average.*smoothed by 0\.1/);
    expect(await frame.getByTestId('confusion').locator('td.errors').count()).toBeGreaterThan(2);
  });

  test('shows mistakes in full colour once the diagonal is hidden, and shares of each class', async () => {
    const frame = await panel();
    const matrix = frame.getByTestId('confusion');
    const strongest = matrix.locator('td.errors[style*="--heat: 1.000"]');
    await matrix.scrollIntoViewIfNeeded();
    expect(await strongest.count()).toBe(0);
    expect(await matrix.locator('td.diagonal').first().innerText()).toMatch(/^\d+$/);

    await frame.getByTestId('diagonal').focus();
    await press('Enter');
    await until('no diagonal', async () => (await matrix.locator('td.diagonal').first().innerText()) === '');
    expect(await frame.getByTestId('diagonal').getAttribute('aria-pressed')).toBe('false');
    expect(await strongest.count()).toBeGreaterThan(0);
    for (const theme of triedThemes) {
      await window().showTheme(theme);
      await window().screenshot(`matrix mistakes ${theme}`);
    }
    await window().showTheme('vs-dark');

    await frame.getByTestId('diagonal').click();
    await frame.getByTestId('shares').click();
    await until('shares', async () => /^(100|\d\d\.\d)$/.test(await matrix.locator('td.diagonal').first().innerText()));
    for (const row of await matrix.locator('tbody tr').all()) {
      const shares = (await row.locator('td').allInnerTexts()).map(text => Number(text.replace('<', '')));
      expect(Math.abs(shares.reduce((sum, share) => sum + share) - 100)).toBeLessThan(1);
    }
    await window().screenshot('matrix shares');
    await frame.getByTestId('counts').click();
  });

  test('is filtered by the keyboard from the matrix: a cell, a row, a column, and all again', async () => {
    const frame = await panel();
    const matrix = frame.getByTestId('confusion');
    const { truth, predicted, images } = await someMistakes(frame);
    expect(await matrix.locator('[tabindex="0"]').count()).toBe(1);
    await matrix.locator('[tabindex="0"]').focus();
    await press(
      'Control+Home',
      ...Array<string>(truth).fill('ArrowDown'),
      ...Array<string>(predicted).fill('ArrowRight'),
    );
    const focused = matrix.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toContain(
      `true ${truth}, predicted ${predicted}: ${images} image`,
    );
    await window().screenshot('matrix focus');
    await press('Enter');
    await countStarts(frame, new RegExp(`^${images} images? of \\d+: true ${truth} → predicted ${predicted};`));
    expect(await focused.getAttribute('aria-selected')).toBe('true');
    expect((await matrix.locator('th.chosen').allInnerTexts()).map(text => text.replace(/\D/g, '')).sort()).toEqual(
      [`${truth}`, `${predicted}`].sort(),
    );
    expect([await valueOf(frame, 'example-true'), await valueOf(frame, 'example-predicted')]).toEqual([
      `${truth}`,
      `${predicted}`,
    ]);

    await press('Home', 'Enter');
    await countStarts(frame, new RegExp(`^\\d+ images? of \\d+: true ${truth};`));
    expect(await matrix.locator('tr.chosen-row').count()).toBe(1);
    await window().screenshot('matrix row');
    await press(
      'ArrowRight',
      ...Array<string>(predicted).fill('ArrowRight'),
      ...Array<string>(truth + 1).fill('ArrowUp'),
      'Enter',
    );
    await countStarts(frame, new RegExp(`^\\d+ images? of \\d+: predicted ${predicted};`));
    expect(await matrix.locator('td.chosen-column').count()).toBe(10);
    await press('Escape');
    await countStarts(frame, /^\d+ of 301 validation images/);
    expect(await matrix.locator('.chosen, .chosen-row, .chosen-column').count()).toBe(0);
  });

  test('leads nowhere from a cell without mistakes', async () => {
    const frame = await panel();
    await frame.getByTestId('confusion').locator('td.diagonal').first().click();
    expect(await textOf(frame, 'examples-count')).toMatch(/^\d+ of 301 validation images/);
  });

  test('has a table of metrics that any column sorts, and whose classes filter', async () => {
    const frame = await panel();
    const table = frame.getByTestId('metrics');
    const recall = async (): Promise<readonly number[]> =>
      (await table.locator('tbody td:nth-child(3)').allInnerTexts()).map(parseFloat);
    expect(await table.locator('tbody tr').count()).toBe(10);
    expect(await table.locator('tfoot').innerText()).toContain('301');
    await table.getByRole('button', { name: 'Recall' }).click();
    await until('ascending', async () =>
      (await table.locator('th[aria-sort=ascending]').innerText()).includes('Recall'),
    );
    expect(await recall()).toEqual([...(await recall())].sort((a, b) => a - b));
    await table.getByRole('button', { name: 'Recall' }).focus();
    await press('Enter');
    await until('descending', async () => (await table.locator('th[aria-sort=descending]').count()) === 1);
    expect(await recall()).toEqual([...(await recall())].sort((a, b) => b - a));

    // One stop of the Tab key; the last row is the class that was recognised least.
    expect(await table.locator('tbody [tabindex="0"]').count()).toBe(1);
    await table.locator('tbody [tabindex="0"]').focus();
    await press('End');
    const weakest = await table.locator('tbody :focus').innerText();
    await press('Enter');
    await countStarts(frame, new RegExp(`: true ${weakest};`));
    expect(await table.locator('tbody [aria-pressed=true]').innerText()).toBe(weakest);
    await window().screenshot('metrics');
    await frame.getByTestId('show-all').click();
    await countStarts(frame, /^\d+ of 301/);
  });

  test('is a gallery with an order and filters of its own, walked by the keyboard', async () => {
    const frame = await panel();
    const { truth, predicted } = await someMistakes(frame);
    await frame.getByTestId('examples').scrollIntoViewIfNeeded();
    await frame.getByTestId('example-true').focus();
    await press(...Array<string>(truth + 1).fill('ArrowDown'));
    await countStarts(frame, new RegExp(`: true ${truth};`));
    await frame.getByTestId('example-predicted').focus();
    await press(...Array<string>(predicted + 1).fill('ArrowDown'));
    await countStarts(frame, new RegExp(`: true ${truth} → predicted ${predicted};`));
    expect(await frame.getByTestId('confusion').locator('td.chosen').getAttribute('aria-label')).toContain(
      `true ${truth}, predicted ${predicted}:`,
    );
    await frame.getByTestId('show-all').click();
    await countStarts(frame, /^\d+ of 301/);

    await frame.getByTestId('example-sort').focus();
    await press('ArrowDown');
    await until('the losses', async () => (await textOf(frame, 'examples')).includes('loss '));
    const losses = (await frame.getByTestId('examples').getByRole('gridcell').allInnerTexts()).map(text =>
      Number(/loss ([\d.]+)/.exec(text)![1]),
    );
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    await press('ArrowDown');
    await until('the order of the file', async () =>
      (await textOf(frame, 'examples-count')).includes('in the order of the file'),
    );
    const rows = await rowsOfTiles(frame);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));

    const grid = frame.getByTestId('examples').getByRole('grid');
    await grid.focus();
    await press('ArrowRight', 'ArrowRight');
    const active = frame.getByTestId('examples').locator('[role=gridcell][aria-selected=true]');
    const name = await active.locator('.hidden-text').innerText();
    expect(name).toContain(`Row ${rows[1]!.toLocaleString('en')}:`);
    await press('Enter');
    await frame.getByTestId('inspector').waitFor();
    await window().screenshot('gallery inspector');
    await press('Escape');
    await frame.getByTestId('inspector').waitFor({ state: 'detached' });
    expect(await frame.locator('[data-testid=examples] [role=grid]:focus').count()).toBe(1);
    expect(await active.locator('.hidden-text').innerText()).toBe(name);
  });

  test('is found again as it was left when the window is reloaded', async () => {
    const frame = await panel();
    const { truth } = await someMistakes(frame);
    await frame.getByTestId('diagonal').click();
    await frame.getByTestId('shares').click();
    await frame.getByTestId('confusion').locator('tbody th').nth(truth).click();
    await countStarts(frame, new RegExp(`: true ${truth};`));
    const told = await textOf(frame, 'examples-count');
    const rows = await rowsOfTiles(frame);
    await window().reload();

    const again = await panel();
    await until('the same images', async () => (await textOf(again, 'examples-count')) === told);
    expect(await rowsOfTiles(again)).toEqual(rows);
    expect(await again.getByTestId('diagonal').getAttribute('aria-pressed')).toBe('false');
    expect(await again.getByTestId('shares').getAttribute('aria-pressed')).toBe('true');
    expect(await again.getByTestId('metrics').locator('th[aria-sort=descending]').innerText()).toContain('Recall');
    await until(
      'the choice in the lists',
      async () =>
        (await valueOf(again, 'example-sort')) === 'row' && (await valueOf(again, 'example-true')) === String(truth),
    );
    for (const theme of triedThemes) {
      await window().showTheme(theme);
      await again.getByTestId('confusion').scrollIntoViewIfNeeded();
      await window().screenshot(`matrix ${theme}`);
      await again.getByTestId('examples').scrollIntoViewIfNeeded();
      await window().screenshot(`gallery ${theme}`);
    }
  });
});
