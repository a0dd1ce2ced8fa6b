import fs from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../accessibility';
import { useWindow } from '../driver';
import { addTrainedRun, trained, trainedCsv } from '../trainRun';
import { triedThemes, until } from '../vscodeWindow';

// The preview by keyboard: filters by label and by prediction; and what Digits adds to a CSV that is open as text.

const minute = 60_000;
const { rows } = trained;
const [header, ...lines] = trainedCsv().trimEnd().split('\n');
const labelOf = (row: number): number => Number(lines[row - 1]!.slice(0, lines[row - 1]!.indexOf(',')));
const sevens = Array.from({ length: rows }, (_, i) => i + 1).filter(row => labelOf(row) === 7);
/** Row 2 has a value too few, and a blank line stands before row 3. */
const damaged = `${[header, lines[0], lines[1]!.replace(/,\d+$/, ''), '', lines[2]].join('\n')}\n`;
const files = { 'train.csv': trainedCsv(), 'damaged.csv': damaged, 'other.csv': 'name,height\nAda,170\n' };
const window = useWindow({ workspace: { trainRows: 0, testRows: 100, files }, size: { width: 1280, height: 900 } });

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await window().page.keyboard.press(key);
};
const preview = (): Promise<Frame> => window().webviewFrame('Digits Preview');
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
const shows = (frame: Frame, id: string, text: string): Promise<true> =>
  until(`"${text}" in ${id}`, async () => (await textOf(frame, id)).includes(text) || undefined);
/** The line of the text editor that is in front, counted from 1 from the top of the view. */
const editorLine = (line: number) =>
  window()
    .page.locator('.editor-instance .view-lines .view-line')
    .nth(line - 1);
const titleBarAction = (name: string) =>
  window().page.locator('.editor-actions .action-label').and(window().page.getByRole('button', { name }));

async function closeEditors(): Promise<void> {
  await window().runCommand('View: Close All Editors');
}

/** What the hover over a line says, and how wide its picture is. */
async function hoverOver(line: number): Promise<{ readonly text: string; readonly width: number | undefined }> {
  await press('Escape');
  await window().page.mouse.move(10, 10);
  await editorLine(line).hover({ position: { x: 30, y: 8 } });
  const hover = window().page.locator('.monaco-hover:visible .hover-contents');
  await hover.first().waitFor();
  const picture = hover.locator('img');
  const width =
    (await picture.count()) === 0
      ? undefined
      : await until('the picture', () =>
          picture
            .first()
            .evaluate((image: unknown) => (image as { readonly naturalWidth: number }).naturalWidth || undefined),
        );
  return { text: (await hover.allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim(), width };
}

describe('a CSV that is open as text', () => {
  test(
    "shows the digit of the row under the pointer, or why it can't be read",
    async () => {
      await window().openFile('damaged.csv');
      await editorLine(2).waitFor();
      const first = await until(
        'the hover',
        async () => {
          const hover = await hoverOver(2);
          return hover.width === undefined ? undefined : hover;
        },
        minute,
      );
      expect(first).toEqual({ text: `Label ${labelOf(1)}, row 1 (line 2)`, width: 280 });
      await window().screenshot('preview hover');
      expect(await hoverOver(3)).toEqual({
        text: expect.stringMatching(/^damaged\.csv, row 2 \(line 3\) has 784 values where the header has 785/),
        width: undefined,
      });
      await window().screenshot('preview hover problem');
      // A blank line is no row.
      expect(await hoverOver(5)).toEqual({ text: `Label ${labelOf(3)}, row 3 (line 5)`, width: 280 });
      await press('Escape');
    },
    2 * minute,
  );

  test('leads to its images from its first line, its menus and its title bar, and back', async () => {
    await window().openFile('train.csv');
    await window().page.locator('.codelens-decoration a', { hasText: 'Preview Images' }).waitFor();
    await titleBarAction('Preview Images').waitFor();
    await window().screenshot('preview lens');
    await editorLine(12).click({ position: { x: 30, y: 8 } });
    await window().page.locator('.codelens-decoration a', { hasText: 'Preview Row at Cursor' }).click();
    const frame = await preview();
    await shows(frame, 'preview-status', `Row 11, label ${labelOf(11)}`);
    await titleBarAction('Reopen as Text').click();
    await window().page.locator('.codelens-decoration a', { hasText: 'Preview Images' }).click();
    await shows(await preview(), 'preview-summary', '3,001 images');
    await closeEditors();
  });

  test('that is no pixel CSV is left alone', async () => {
    await window().openFile('other.csv');
    await editorLine(2).waitFor();
    await until(
      'the title bar without an offer',
      async () => (await titleBarAction('Preview Images').count()) === 0 || undefined,
    );
    expect(await window().page.locator('.codelens-decoration a').count()).toBe(0);
    await closeEditors();
  });
});

describe('the preview', () => {
  beforeAll(async () => {
    await window().runCommand('Digits: Preview Images');
    await window().pick('train.csv');
    await (await preview()).locator('canvas').first().waitFor();
  });

  test('is walked by keyboard from the start', async () => {
    const frame = await preview();
    await shows(frame, 'preview-summary', '3,001 images');
    await until(
      'the focus in the grid',
      async () => (await frame.locator('[role=grid]:focus').count()) === 1 || undefined,
    );
    await press('ArrowRight', 'ArrowRight');
    await shows(frame, 'preview-status', `Row 2, label ${labelOf(2)}`);
    await press('End');
    await shows(frame, 'preview-status', `Row 3,001, label ${labelOf(rows)}`);
    await press('PageUp');
    await until(
      'rows before the last',
      async () => !(await textOf(frame, 'preview-status')).startsWith('Row 3,001') || undefined,
    );
    await press('Home');
    await shows(frame, 'preview-status', `Row 1, label ${labelOf(1)}`);
    await press('+');
    await shows(frame, 'zoom', '3×');
    await press('0');
    await shows(frame, 'zoom', '2×');
    await window().page.keyboard.down('Control');
    await frame.locator('canvas').first().hover({ force: true });
    await window().page.mouse.wheel(0, -100);
    await window().page.keyboard.up('Control');
    await shows(frame, 'zoom', '3×');
    await press('-');
    await press('g');
    await window().page.keyboard.type('1,234');
    await press('Enter');
    await window().page.mouse.move(640, 10);
    await shows(frame, 'preview-status', `Row 1,234, label ${labelOf(1234)}`);
  });

  test('filters by label, and goes to the nearest row of the filter', async () => {
    const frame = await preview();
    await press('f');
    await frame.getByTestId('filter-bar').waitFor();
    const label = frame.getByTestId('filter-label');
    await until('the labels', async () => (await label.getByText(`7 (${sevens.length})`).count()) === 1 || undefined);
    await until(
      'the focus in it',
      async () => (await frame.locator('[data-testid=filter-label]:focus-within').count()) === 1 || undefined,
    );
    await press('7');
    await shows(frame, 'filter-count', `${sevens.length} of 3,001 rows`);
    await press('Escape');
    await press('Home');
    await shows(frame, 'preview-status', `Row ${sevens[0]!}, label 7`);
    await press('ArrowRight');
    await shows(frame, 'preview-status', `Row ${sevens[1]!}, label 7`);
    const between = sevens.find((row, i) => row - (sevens[i - 1] ?? 0) > 2)! - 1;
    // What the field has is selected: the new number takes its place.
    await press('g');
    await window().page.keyboard.type(String(between));
    await press('Enter');
    await shows(
      frame,
      'go-note',
      `Row ${between} does not meet the filter; row ${between + 1} is the nearest that does.`,
    );
    await shows(frame, 'preview-status', `Row ${between + 1}, label 7`);
    await window().screenshot('preview filter label');
  });

  test('opens the rows of the filter one after the other', async () => {
    const frame = await preview();
    await press('Home', 'Enter');
    const inspector = frame.getByTestId('inspector');
    await inspector.waitFor();
    expect((await inspector.innerText()).replace(/\s+/g, ' ')).toContain(`1 of ${sevens.length}`);
    await inspector.focus();
    await press('ArrowRight');
    await until(
      'the next seven',
      async () => (await inspector.innerText()).includes(`Row ${sevens[1]!.toLocaleString('en-US')}`) || undefined,
    );
    await press('Escape');
    await inspector.waitFor({ state: 'detached' });
    await until(
      'the focus in the grid',
      async () => (await frame.locator('[role=grid]:focus').count()) === 1 || undefined,
    );
    await shows(frame, 'preview-status', `Row ${sevens[1]!}, label 7`);
    // Closed by a filter that hides its row, it leaves the focus where it is.
    await press('Enter');
    // It shows before it takes the focus, which no hand is fast enough to see.
    await until(
      'the focus in the inspector',
      async () => (await frame.locator('[data-testid=inspector]:focus').count()) === 1 || undefined,
    );
    await frame.getByTestId('filter-label').focus();
    await press('ArrowDown');
    await inspector.waitFor({ state: 'detached' });
    expect(await frame.locator('[data-testid=filter-label]:focus-within').count()).toBe(1);
    await press('ArrowUp');
    await inspector.waitFor();
    await inspector.focus();
    await press('Escape');
  });

  test(
    'finds its filter again after the window was reloaded',
    async () => {
      await window().reload();
      const frame = await preview();
      await shows(frame, 'filter-count', `${sevens.length} of 3,001 rows`);
      await until(
        'the label in its dropdown',
        async () =>
          (await frame.getByTestId('filter-label').locator('.selected-value').innerText()).includes(
            `7 (${sevens.length})`,
          ) || undefined,
      );
      await frame.getByTestId('show-all-rows').click();
      await shows(frame, 'filter-count', 'All 3,001 rows');
      expect(await textOf(frame, 'filter-bar')).toContain('No run has predictions for this file yet.');
    },
    2 * minute,
  );

  test(
    'knows the predictions of a run that has come to be, and filters by what was wrong',
    async () => {
      addTrainedRun(window().workspace);
      await window().openRun(/quick/);
      const panel = await window().webviewFrame('Digits Run');
      const wrong = Number(
        /^([\d,]+) of/
          .exec(await until('the result', async () => textOf(panel, 'examples-count')))![1]!
          .replace(',', ''),
      );
      await window().page.locator('.tab', { hasText: 'train.csv' }).first().click();
      const frame = await preview();
      await until(
        'the predictions',
        async () => (await textOf(frame, 'filter-bar')).includes('301 rows have a prediction of quick') || undefined,
      );
      await frame.getByTestId('filter-outcome').focus();
      await press('ArrowDown', 'ArrowDown');
      await shows(frame, 'filter-count', `${wrong} of 3,001 rows`);
      await press('Escape', 'Home');
      await until(
        'the words for a mistake',
        async () =>
          /^Row [\d,]+, label \d, predicted \d with probability \S+: wrong$/.test(
            await textOf(frame, 'preview-status'),
          ) || undefined,
      );
      const mistakes: string[] = [];
      for (const kind of triedThemes) {
        await window().showTheme(kind);
        await window().screenshot(`preview filter ${kind}`);
        mistakes.push(...(await violations(frame)).map(line => `${kind}: ${line}`));
      }
      await window().showTheme('vs-dark');
      expect(mistakes).toEqual([]);
    },
    4 * minute,
  );

  test('says so when the run that it filters by is deleted, and shows all rows', async () => {
    const frame = await preview();
    fs.rmSync(path.join(window().workspace, '.digits', 'runs'), { recursive: true });
    await shows(frame, 'filter-note', 'The predictions that were shown are gone');
    await shows(frame, 'filter-count', 'All 3,001 rows');
    await press('Escape', 'f');
    await until('the filter to close', async () => (await frame.getByTestId('filter-bar').count()) === 0 || undefined);
  });

  test('offers to reload a file that changed', async () => {
    const frame = await preview();
    fs.appendFileSync(path.join(window().workspace, 'train.csv'), `${lines[0]!}\n`);
    await frame.getByTestId('changed').getByText('Reload').click();
    await shows(frame, 'preview-summary', '3,002 images');
    expect(await frame.getByTestId('changed').count()).toBe(0);
  });
});
