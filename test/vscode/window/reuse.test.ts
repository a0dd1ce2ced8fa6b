import fs from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { trainedFolder } from '../trainRun';
import { triedThemes, until } from '../vscodeWindow';
import { sampleRows } from '../workspace';

// What a trained network is good for: a labelled file is evaluated, and the network is exported.

const minute = 60_000;
const [header, ...rows] = sampleRows('train.csv', 4000);
/** Rows that the network has not seen, one of them with a wrong label. */
const labelled = rows.slice(3000).with(
  4,
  rows[3004]!.replace(/^\d/, digit => String((Number(digit) + 1) % 10)),
);
const csv = `${[header!.replaceAll(/pixel(\d+)/g, (_, i) => `pixel${Number(i) + 1}`), ...labelled].join('\n')}\n`;
const window = useWindow({
  workspace: { copyOf: trainedFolder(), files: { 'more/labelled.csv': csv } },
  size: { width: 1280, height: 900 },
});

const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');

describe('a trained network', () => {
  test(
    'is evaluated on a labelled file, and its panel turns to the result',
    async () => {
      await window().openRun(/quick/);
      await window().runCommand('Digits: Evaluate on File');
      await until('the files with labels, and only those', async () => {
        const labels = (await window().pickLabels()).join();
        return /labelled\.csv.*train\.csv.*Browse/.test(labels) && !labels.includes('test.csv');
      });
      await window().screenshot('evaluate pick');
      await window().pick('labelled.csv');
      const told = await window().notification('right (95 % confidence interval', minute);
      expect(told).toMatch(/\d\d\.\d\d % of 1,000 images of more\/labelled\.csv right/);

      const frame = await panel();
      const examples = await until('the evaluation', async () =>
        (await textOf(frame, 'examples-count')).includes('of 1,000 images of labelled.csv')
          ? textOf(frame, 'examples-count')
          : undefined,
      );
      const wrong = Number(/^(\d+) of/.exec(examples)![1]);
      expect(wrong).toBeLessThan(200);
      expect(await textOf(frame, 'accuracy')).toContain(`${((1000 - wrong) / 10).toFixed(2)} % right`);
      const counts = (await frame.getByTestId('confusion').locator('tbody td').allInnerTexts()).map(text =>
        Number(text.replace(/\D/g, '')),
      );
      expect(counts.reduce((sum, count) => sum + count)).toBe(1000);
      await window().clearNotifications();
      // Without anybody scrolling.
      const inView = await until(
        'the evaluation in view',
        async () => (await frame.getByTestId('image-set').boundingBox())!.y < 400,
      );
      expect(inView).toBe(true);
      await window().screenshot('evaluation');
    },
    4 * minute,
  );

  test('shows the images of that file, and finds their rows in it', async () => {
    const frame = await panel();
    const tile = frame.getByTestId('examples').getByRole('gridcell', { name: 'Row 5:' });
    await frame.getByTestId('examples').scrollIntoViewIfNeeded();
    await tile.click();
    const inspector = frame.getByTestId('inspector');
    await inspector.waitFor();
    expect(await textOf(frame, 'inspector')).toContain(`true ${labelled[4]![0]}`);
    await window().screenshot('evaluation inspector');
    await inspector.getByTestId('reveal').click();
    const preview = await window().webviewFrame('Digits Preview');
    await preview.getByText('labelled.csv').first().waitFor();
    await until('the row in the preview', async () =>
      (await preview.locator('[role=gridcell][aria-selected=true]').textContent())?.includes('Row 5,'),
    );
  });

  test('turns between validation set and file by the keyboard, and finds the choice again after a reload', async () => {
    await window().page.locator('.tab', { hasText: 'Run: quick' }).first().click();
    const frame = await panel();
    await until('the evaluation again', async () => (await textOf(frame, 'examples-count')).includes('labelled.csv'));
    const dropdown = frame.getByTestId('image-set');
    await dropdown.focus();
    await window().page.keyboard.press('ArrowUp');
    await until('the validation set', async () =>
      (await textOf(frame, 'examples-count')).includes('of 301 validation images'),
    );
    await dropdown.focus();
    await window().page.keyboard.press('Enter');
    await window().screenshot('evaluation dropdown');
    await window().page.keyboard.press('ArrowDown');
    await window().page.keyboard.press('Enter');
    await until('the file', async () => (await textOf(frame, 'examples-count')).includes('labelled.csv'));
    for (const theme of triedThemes) {
      await window().showTheme(theme);
      await dropdown.scrollIntoViewIfNeeded();
      await window().screenshot(`evaluation ${theme}`);
    }
    await window().showTheme('vs-dark');
    await window().reload();
    const again = await panel();
    await until('the file after the reload', async () =>
      (await textOf(again, 'examples-count')).includes('labelled.csv'),
    );
  });

  test('says so when the file that was evaluated on has changed', async () => {
    const file = path.join(window().workspace, 'more', 'labelled.csv');
    fs.writeFileSync(file, csv.replace(/\n\d/, '\n0'));
    const frame = await panel();
    await frame.getByTestId('image-set').focus();
    await window().page.keyboard.press('ArrowUp');
    await until('the validation set', async () =>
      (await textOf(frame, 'examples-count')).includes('validation images'),
    );
    await frame.getByTestId('image-set').focus();
    await window().page.keyboard.press('ArrowDown');
    await until('a word about the file', async () =>
      /^labelled\.csv has changed since/.test(await textOf(frame, 'images-note')),
    );
    fs.writeFileSync(file, csv);
  });

  test('replaces a submission where the user says so', async () => {
    const submission = path.join(window().workspace, 'submission.csv');
    fs.writeFileSync(submission, 'mine\n');
    await window().runCommand('Digits: Write Submission');
    await window().pressInDialog('Replace');
    await window().notification('Wrote 100 predictions', minute);
    expect(fs.readFileSync(submission, 'utf8')).toMatch(/^ImageId,Label\n1,\d\n/);
    fs.rmSync(submission);
    await window().clearNotifications();
  });

  test('is exported to a folder of the workspace', async () => {
    await window().runCommand('Digits: Export Model');
    // The dialog writes its own suggestion first, a moment after it is there.
    const place = window().page.locator('.quick-input-widget:visible input:not([type=checkbox])').first();
    await until(
      'the suggested folder',
      async () => (await place.inputValue()).startsWith(window().workspace) || undefined,
    );
    await place.fill(`${window().workspace}/more/`);
    await window().screenshot('export dialog');
    await window().page.getByRole('button', { name: 'Export Here' }).click();
    const told = await window().notification('Exported the model to', minute);
    const folder = /to (more\/exported-\S+);/.exec(told)![1]!;
    expect(fs.readdirSync(path.join(window().workspace, folder))).toEqual(
      expect.arrayContaining(['index.html', 'model.json', 'tf.js', 'classify.mjs']),
    );
    await window().screenshot('exported');
    await window().pressInNotification('Exported the model to', 'Reveal');
    await window().page.getByRole('treeitem', { name: 'index.html' }).waitFor();
    await window().screenshot('exported revealed');
  });

  test(
    'says of files on another scale that they were scaled to match',
    async () => {
      const bits = labelled
        .slice(0, 60)
        .map(row => row.replaceAll(/,(\d+)/g, (_, value) => (value > 127 ? ',1' : ',0')));
      const write = (name: string, lines: readonly string[]): void =>
        fs.writeFileSync(path.join(window().workspace, name), `${lines.join('\n')}\n`);
      write('more/bits.csv', [header!, ...bits]);
      await window().clearNotifications();
      await window().runCommand('Digits: Evaluate on File');
      await window().pick('bits.csv');
      const evaluated = await window().notification('of 60 images of more/bits.csv right', minute);
      expect(evaluated).toContain('so they were scaled to match.');
      await window().clearNotifications();
      write(
        'test.csv',
        [header!, ...bits].map(line => line.slice(line.indexOf(',') + 1)),
      );
      await window().runCommand('Digits: Write Submission');
      const submitted = await window().notification('Wrote 60 predictions', minute);
      expect(submitted).toContain('so they were scaled to match.');
    },
    2 * minute,
  );
});
