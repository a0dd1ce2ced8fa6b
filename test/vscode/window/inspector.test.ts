import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { readPredictions, runsFolder } from '../../../src/store/run/runFolder';
import { useWindow } from '../driver';
import { addTrainedRun, trained, trainedCsv } from '../trainRun';
import { triedThemes, until } from '../vscodeWindow';

// The inspector: a digit large, its pixels, what the network thinks of it, looked at, and finds like it. By keyboard, where a person would.

const minute = 60_000;
const { twin } = trained;
const csv = trainedCsv();
/** A test file of the first rows, transposed. */
const transposed = csv
  .split('\n', 101)
  .map(line => line.split(',').slice(1))
  .map((row, i) => (i === 0 ? row : row.map((_, at) => row[(at % 28) * 28 + Math.floor(at / 28)]!)).join(','))
  .join('\n');
const rowOf = (row: number): number[] => csv.split('\n')[row]!.split(',').map(Number);

const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
const rowShown = async (frame: Frame): Promise<number> =>
  Number(/Row ([\d,]+)/.exec(await textOf(frame, 'inspector'))![1]!.replace(',', ''));
const focused = (frame: Frame): Promise<string | undefined> =>
  frame.evaluate('document.activeElement?.getAttribute("role") ?? document.activeElement?.dataset.testid');
/** How many processes serve a run, of the extension that lies in `folder`. */
function serving(folder: string): number {
  const list = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
  return list.filter(line => line.includes(folder) && line.endsWith('training.js explain')).length;
}

describe('the inspector', () => {
  const window = useWindow({
    workspace: { trainRows: 0, testRows: 0, files: { 'train.csv': csv, 'test.csv': transposed } },
    size: { width: 1280, height: 900 },
  });
  const preview = (): Promise<Frame> => window().webviewFrame('Digits Preview');
  const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');
  /** The package is installed beside the workspace. */
  const extensionFolder = (): string => path.dirname(window().workspace);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await window().page.keyboard.press(key);
  };

  test('opens in the preview with Enter, and says what it can without a network', async () => {
    await window().runCommand('Digits: Preview Images');
    await window().pick('train.csv');
    const frame = await preview();
    await frame.getByRole('gridcell', { name: 'Row 3, label' }).click();
    expect(await frame.getByTestId('inspector').count()).toBe(0);
    await press('Enter');
    await frame.getByTestId('no-network').waitFor();
    expect(await textOf(frame, 'judgement')).toBe(`label ${rowOf(3)[0]}`);
    expect(await focused(frame)).toBe('inspector');
  });

  test('reads off pixels by pointer and keyboard, as the file has them', async () => {
    const frame = await preview();
    const view = frame.getByTestId('pixel-view');
    const { width } = (await view.boundingBox())!;
    expect((width - 2) % 28).toBe(0);
    await view.hover({ position: { x: 1 + (width - 2) * (10.5 / 28), y: 1 + (width - 2) * (7.5 / 28) } });
    expect(await textOf(frame, 'pixel-readout')).toBe(`Pixel row 8, column 11: ${rowOf(3)[1 + 7 * 28 + 10]}`);
    await view.focus();
    await press('ArrowRight', 'ArrowRight', 'ArrowUp');
    await until(
      'the pixel by keyboard',
      async () => (await textOf(frame, 'pixel-readout')) === `Pixel row 13, column 15: ${rowOf(3)[1 + 12 * 28 + 14]}`,
    );
    expect(await frame.getByTestId('inspector').getByRole('status').allInnerTexts()).toContain(
      `pixel row 13, column 15: ${rowOf(3)[1 + 12 * 28 + 14]}`,
    );
    // The arrows of the image are its own: the row is the same.
    expect(await rowShown(frame)).toBe(3);
  });

  test('walks through the rows, and gives the focus back on Escape', async () => {
    const frame = await preview();
    await frame.getByTestId('inspector').focus();
    await press('ArrowRight', 'ArrowRight', 'ArrowLeft');
    await until('row 4', async () => (await rowShown(frame)) === 4);
    await frame.getByTestId('next').click();
    await until('row 5', async () => (await rowShown(frame)) === 5);
    expect(await frame.locator('[role=gridcell][aria-selected=true]').textContent()).toContain('Row 5,');
    await frame.getByTestId('inspector').focus();
    await press('Escape');
    await frame.getByTestId('inspector').waitFor({ state: 'detached' });
    await until('the focus in the grid', async () => (await focused(frame)) === 'grid');
    await frame.getByRole('gridcell', { name: 'Row 7, label' }).dblclick();
    await until('row 7', async () => (await rowShown(frame)) === 7);
    await press('Escape');
  });

  test(
    'shows what the network looked at, in the run panel',
    async () => {
      addTrainedRun(window().workspace);
      await window().openRun(/quick/);
      const frame = await panel();
      await frame.getByTestId('examples').getByRole('gridcell').first().click();
      await frame.getByTestId('attention-toggle').click();
      const words = await until(
        'the map in words',
        async () =>
          (await frame.getByTestId('attention-words').count()) > 0 ? textOf(frame, 'attention-words') : undefined,
        minute,
      );
      const predicted = /→ predicted (\d)/.exec(await textOf(frame, 'inspector'))![1]!;
      expect(words).toMatch(
        new RegExp(
          `^Covered part by part, p\\(${predicted}\\) falls by up to (0\\.\\d\\d|>0\\.99)\\. Most important: rows? \\d+.*, columns? \\d+`,
        ),
      );
      await frame.getByTestId('pixel-view').hover();
      expect(await textOf(frame, 'pixel-readout')).toMatch(
        new RegExp(`; p\\(${predicted}\\) (falls by|rises by|stays)`),
      );
      expect(serving(extensionFolder())).toBe(1);
      // The next image has a map of its own.
      await frame.getByTestId('inspector').focus();
      const before = await rowShown(frame);
      await press('ArrowRight');
      await until('the next image', async () => (await rowShown(frame)) !== before);
      await frame.getByTestId('attention-words').waitFor();
      for (const theme of triedThemes) {
        await window().showTheme(theme);
        await frame.getByTestId('inspector').scrollIntoViewIfNeeded();
        await window().screenshot(`attention ${theme}`);
      }
      await window().showTheme('vs-dark');
    },
    4 * minute,
  );

  test('shows the nearest training images, and one of them leads to its row', async () => {
    const frame = await panel();
    await frame.getByTestId('neighbours-toggle').click();
    const list = frame.getByTestId('neighbours').getByRole('listitem');
    await until('the neighbours', async () => (await list.count()) === 12, minute);
    expect(await textOf(frame, 'neighbours')).toMatch(/among 2,700 training images/);
    await frame.getByTestId('neighbours').scrollIntoViewIfNeeded();
    await window().screenshot('neighbours');
    const second = list.nth(1).getByRole('button');
    const [, label, row] = /Label (\d), row ([\d,]*\d)/.exec(await second.locator('.hidden-text').innerText())!;
    expect(rowOf(Number(row!.replace(',', '')))[0]).toBe(Number(label));
    await second.focus();
    await press('Enter');
    const shown = await preview();
    await until('the row in the preview', async () =>
      (await shown.locator('[role=gridcell][aria-selected=true]').textContent())?.startsWith(`Row ${row},`),
    );
  });

  test('asks the newest network in the preview, finds a twin of the image, and leads to the run', async () => {
    const frame = await preview();
    const go = frame.getByTestId('go-to-row');
    await go.locator('input').fill(String(twin));
    await go.locator('input').press('Enter');
    await press('Enter');
    await until(
      'the prediction',
      async () => (await textOf(frame, 'judgement')).includes(`true ${rowOf(twin)[0]} → predicted`),
      minute,
    );
    expect(await textOf(frame, 'network')).toContain('Says the network of quick, ');
    expect(
      await frame.getByTestId('inspector').getByRole('list', { name: 'Probabilities' }).getByRole('listitem').count(),
    ).toBe(10);
    await frame.getByTestId('attention-toggle').click();
    await frame.getByTestId('neighbours-toggle').click();
    await frame.getByTestId('attention-words').waitFor({ timeout: minute });
    const list = frame.getByTestId('neighbours').getByRole('listitem');
    await until('the neighbours', async () => (await list.count()) === 12, minute);
    const labels = await Promise.all(
      [0, 1].map(i => list.nth(i).getByRole('button').locator('.hidden-text').innerText()),
    );
    const [run] = fs.readdirSync(runsFolder(window().workspace));
    const { rows: setAside } = (await readPredictions(path.join(runsFolder(window().workspace), run!), 'validation'))!;
    // Validation images are no neighbours.
    expect(labels.some(text => text!.includes('row 3,001,'))).toBe(!setAside.includes(trained.rows));
    for (const theme of triedThemes) {
      await window().showTheme(theme);
      await window().screenshot(`inspector preview ${theme}`);
    }
    await window().showTheme('vs-dark');
    await frame.getByTestId('open-run').click();
    await (await panel()).getByTestId('run-status').waitFor();
  });

  test('is there again after the window was reloaded', async () => {
    await window().reload();
    const frame = await panel();
    await frame.getByTestId('inspector').waitFor();
    await frame.getByTestId('attention-words').waitFor({ timeout: minute });
  });

  test('says so when the training file has changed', async () => {
    fs.writeFileSync(path.join(window().workspace, 'train.csv'), csv.replace('\n', '\n1'));
    await window().page.locator('.tab', { hasText: 'train.csv' }).first().click();
    const frame = await preview();
    await until(
      'a word about the file',
      async () =>
        (await frame.getByTestId('unanswered').allInnerTexts()).some(text =>
          text.includes('train.csv has changed since this run was trained'),
        ),
      minute,
    );
  });

  test('says in a preview how the images of its file lie', async () => {
    await window().runCommand('View: Close All Editors');
    await window().runCommand('Digits: Preview Images');
    await window().pick('test.csv');
    const frame = await preview();
    await frame.getByRole('gridcell', { name: 'Row 3' }).first().dblclick();
    await frame
      .getByTestId('network-note')
      .getByText('The images of test.csv seem to be transposed (rows and columns exchanged): ')
      .waitFor({ timeout: minute });
    await window().screenshot('inspector orientation');
  });

  test('keeps no process when its editors are closed', async () => {
    expect(serving(extensionFolder())).toBe(1);
    await window().runCommand('View: Close All Editors');
    await until('the end of the process', async () => serving(extensionFolder()) === 0);
  });
});
