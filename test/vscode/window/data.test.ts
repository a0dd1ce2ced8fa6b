import fs from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { triedThemes, until } from '../vscodeWindow';
import { sample } from '../workspace';

// The page of a data set, on all 42,000 and 28,000 rows. One step after the other, in one window.

const minute = 60_000;
const window = useWindow({ size: { width: 1280, height: 900 } });
const page = (): Promise<Frame> => window().webviewFrame('Digits Data');
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
const file = (name: string): string => path.join(window().workspace, name);

/** The rows of a sample file as text; row 1 is the second entry. */
const lines = (name: string): readonly string[] =>
  fs.readFileSync(path.join(sample, name), 'latin1').trimEnd().split('\n');
const train = lines('train.csv');
const pixelsOf = (row: number): string => train[row]!.slice(train[row]!.indexOf(',') + 1);
const labelOf = (row: number): number => Number(train[row]!.slice(0, train[row]!.indexOf(',')));

/** The facts are complete. */
const complete = (frame: Frame): Promise<string> =>
  until(
    'the facts',
    async () => ((await frame.getByTestId('data-summary').count()) > 0 ? textOf(frame, 'data-summary') : undefined),
    minute,
  );

/** Waits until the preview marks a row, and goes back to the page. */
async function expectRevealed(row: string, tab: string): Promise<void> {
  await until(`row ${row} in the preview`, async () => {
    const preview = await window().webviewFrame('Digits Preview', 1000);
    const label = await preview
      .locator('[role=gridcell][aria-selected=true]')
      .locator('.hidden-text')
      .innerText({ timeout: 1000 });
    return new RegExp(`^Row ${row}(?!,?\\d)`).test(label);
  });
  await window().page.locator('.tab.active', { hasText: tab }).waitFor();
  await window().page.locator('.tab', { hasText: 'Data: workspace' }).first().click();
}

describe('the page of a data set', () => {
  test(
    'tells what the files hold, labels beside their own counts',
    async () => {
      await window().statusBarItem('Digits: train.csv, test.csv').waitFor();
      await window().runCommand('Digits: Show Data');
      const frame = await page();
      expect(await complete(frame)).toBe(
        'train.csv has 42,000 images with 10 labels. test.csv has 28,000 images without labels. Every row can be read. No image occurs twice.',
      );
      await window().page.locator('.tab.active', { hasText: 'Data: workspace' }).waitFor();

      const counts = Array.from(
        { length: 10 },
        (_, label) => train.filter((_, row) => row > 0 && labelOf(row) === label).length,
      );
      const rows = await frame.getByTestId('label-counts').locator('tbody tr').allInnerTexts();
      expect(rows.map(text => text.split(/\s+/).slice(0, 2))).toEqual(
        counts.map((count, label) => [String(label), count.toLocaleString('en-US')]),
      );
      expect(await textOf(frame, 'data-files')).toMatch(
        /Size 76\.7 MB 51\.1 MB Images 28 × 28 pixels 28 × 28 pixels Rows 42,000 28,000 Rows that can't be read none none Missing values none none Labels 10 different none Pixel values 0 to 255 0 to 255/,
      );
      expect(await frame.getByTestId('means-train').locator('canvas').count()).toBe(10);
      expect(await textOf(frame, 'no-duplicates')).toBe(
        'No image occurs twice: not within train.csv, not within test.csv, and none is in both.',
      );
      expect(await textOf(frame, 'no-bad-rows')).toBe('Every row can be read.');
      await window().screenshot('data');
    },
    3 * minute,
  );

  test(
    'notices files that changed on disk, and finds duplicates and bad rows in them',
    async () => {
      const frame = await page();
      const otherLabel = (labelOf(12) + 1) % 10;
      fs.appendFileSync(
        file('train.csv'),
        `${otherLabel},${pixelsOf(12)}\n${train[20]!}\n${train[30]!.replace(/,\d+$/, ',300')}\n,${pixelsOf(31)}\n`,
      );
      fs.appendFileSync(file('test.csv'), `${pixelsOf(7)}\n`);
      await until(
        'the notice',
        async () =>
          /^train\.csv and test\.csv changed on disk|^test\.csv and train\.csv changed on disk/.test(
            await textOf(frame, 'changed'),
          ),
        minute,
      );
      await window().screenshot('data changed');
      await frame.getByTestId('reload').click();
      const summary = await until(
        'the new facts',
        async () => ((await complete(frame)).includes('42,002') ? textOf(frame, 'data-summary') : undefined),
        minute,
      );
      expect(summary).toBe(
        "train.csv has 42,002 images with 10 labels. test.csv has 28,001 images without labels. 2 rows can't be read. 3 images occur more than once, 1 of them with different labels.",
      );
      expect(await frame.getByTestId('changed').count()).toBe(0);
      expect(await textOf(frame, 'data-files')).toMatch(/Missing values 1 in 1 row none/);

      const groups = await frame.getByTestId('duplicates').locator('li').allInnerTexts();
      expect(groups.map(text => text.replace(/\s+/g, ' '))).toEqual([
        `Different labels: ${Math.min(labelOf(12), otherLabel)} and ${Math.max(labelOf(12), otherLabel)} train.csv row 12, labelled ${labelOf(12)} train.csv row 42,001, labelled ${otherLabel}`,
        `In train.csv and test.csv train.csv row 7, labelled ${labelOf(7)} test.csv row 28,001`,
        `Twice in train.csv train.csv row 20, labelled ${labelOf(20)} train.csv row 42,002, labelled ${labelOf(20)}`,
      ]);
      const bad = await frame.getByTestId('bad-rows').locator('tbody tr').allInnerTexts();
      expect(bad.map(text => text.replace(/\s+/g, ' '))).toEqual([
        'train.csv 42,003 42,004 Has 300 in column 785, where a whole number from 0 to 255 belongs; fix or delete the row.',
        'train.csv 42,004 42,005 Has no label; fill it in or delete the row.',
      ]);
    },
    4 * minute,
  );

  test(
    'leads from a duplicate and from a bad row to the row in the preview, by mouse and by keyboard',
    async () => {
      const frame = await page();
      await frame.getByTestId('duplicates').getByRole('button', { name: 'train.csv row 42,001,' }).click();
      await expectRevealed('42,001', 'train.csv');

      const again = await page();
      await complete(again);
      await again.getByTestId('bad-rows').getByRole('button', { name: 'Row 42,003' }).focus();
      await window().page.keyboard.press('Enter');
      await expectRevealed('42,003', 'train.csv');

      const inTest = await page();
      await complete(inTest);
      await inTest.getByTestId('duplicates').getByRole('button', { name: 'test.csv row 28,001' }).click();
      await expectRevealed('28,001', 'test.csv');
    },
    3 * minute,
  );

  test(
    'inverts its images by a key, and looks right in every theme',
    async () => {
      const frame = await page();
      await complete(frame);
      const invert = frame.getByTestId('invert');
      await invert.focus();
      await window().page.keyboard.press('i');
      await until('the button pressed', async () => (await invert.getAttribute('aria-pressed')) === 'true');
      for (const theme of triedThemes) {
        await window().showTheme(theme);
        await frame.getByTestId('data-summary').scrollIntoViewIfNeeded();
        await window().screenshot(`data ${theme}`);
        await frame.getByTestId('bad-rows').scrollIntoViewIfNeeded();
        await window().screenshot(`data ${theme} duplicates`);
      }
      await window().showTheme('vs-dark');
    },
    2 * minute,
  );

  test(
    'comes back complete after a window reload, as it was left',
    async () => {
      await window().reload();
      const frame = await page();
      expect(await complete(frame)).toContain('3 images occur more than once, 1 of them with different labels.');
      expect(await frame.getByTestId('label-counts').locator('tbody tr').count()).toBe(10);
      expect(await frame.getByTestId('duplicates').locator('li').count()).toBe(3);
      expect(await frame.getByTestId('invert').getAttribute('aria-pressed')).toBe('true');
      await until(
        'the place that it was left at',
        async () => ((await frame.evaluate('window.scrollY')) as number) > 0,
      );
      await window().screenshot('data reloaded');
    },
    3 * minute,
  );

  test(
    'leads from a bad row to its line in the text editor',
    async () => {
      // Small enough to be opened without a question.
      fs.writeFileSync(
        file('train.csv'),
        [...train.slice(0, 101), train[101]!.replace(/,\d+$/, ''), ...train.slice(102, 151), ''].join('\n'),
      );
      const frame = await page();
      await frame.getByTestId('reload').click({ timeout: minute });
      await until('the small file', async () => (await complete(frame)).includes('149 images'), minute);
      await frame.getByTestId('bad-rows').getByRole('button', { name: 'Line 102' }).click();
      await window()
        .statusBarItem(/Ln 102, Col 1/)
        .waitFor();
      await window().screenshot('data line');
    },
    2 * minute,
  );
});

describe('a data set that takes its time', () => {
  const header = `label,${Array.from({ length: 4 }, (_, i) => `pixel${i}`).join(',')}`;
  // Quotes are read by papaparse, many times as slowly as plain rows.
  const slow = `${header}\n${Array.from({ length: 500_000 }, (_, i) => `"${i % 10}","${i % 256}","0","0","${(i >> 8) % 256}"`).join('\n')}\n`;
  const other = useWindow({ workspace: { trainRows: 20, testRows: 10, files: { 'slow/train.csv': slow } } });

  test(
    'shows what its header tells while it is read, and can be cancelled and read again',
    async () => {
      await other().runCommand('Digits: Show Data');
      await other().pick('slow');
      const frame = await other().webviewFrame('Digits Data');
      await frame.getByTestId('cancel').click();
      await frame.getByTestId('cancelled').waitFor();
      expect(await textOf(frame, 'data-files')).toContain('Images 2 × 2 pixels');
      await frame.getByTestId('read-again').click();
      expect(await complete(frame)).toContain('train.csv has 500,000 images with 10 labels.');
    },
    3 * minute,
  );

  test(
    'says of its files that they are gone, in the preview as well, and when one is back',
    async () => {
      const slowFile = path.join(other().workspace, 'slow/train.csv');
      const page = await other().webviewFrame('Digits Data');
      await page.getByRole('button', { name: 'train.csv' }).first().click();
      const preview = await other().webviewFrame('Digits Preview');
      await preview.getByTestId('preview-summary').waitFor();
      fs.renameSync(slowFile, `${slowFile}.elsewhere`);
      await preview.getByTestId('changed').getByText('train.csv was deleted or moved').waitFor();
      expect(await preview.getByTestId('changed').getByText('Reload').count()).toBe(0);
      await other().page.locator('.tab', { hasText: 'Data: slow' }).first().click();
      const gone = await other().webviewFrame('Digits Data');
      await gone.getByTestId('changed').getByText('Put it back to read it again.').waitFor();
      expect(await gone.getByTestId('reload').count()).toBe(0);
      fs.writeFileSync(slowFile, `${header}\n1,0,0,0,0\n`);
      await gone.getByTestId('reload').click();
      await until('the new file', async () => (await complete(gone)).includes('1 image with'));
    },
    minute,
  );
});
