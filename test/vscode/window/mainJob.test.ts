import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { watchNetwork } from '../../watchNetwork';
import { useWindow } from '../driver';
import { markProcesses } from '../markedProcesses';
import { triedThemes, until } from '../vscodeWindow';

// A person's way from train.csv to submission.csv, on all 42,000 and 28,000 rows. One step after the other, in one window.

const minutes = 60_000;
const { env, running } = markProcesses();
const window = useWindow({ size: { width: 1280, height: 900 }, env });
const answersFile = fileURLToPath(new URL('../../../bench/answers.csv', import.meta.url));
const submission = (): string => path.join(window().workspace, 'submission.csv');

/** The panel of the run, whatever its title. */
const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');

/** The text of what has this test id. */
async function textOf(frame: Frame, id: string): Promise<string> {
  return (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
}

/** What the tests use of a canvas in the page. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

/** A digit is drawn on the canvas: it has many shades of grey, and an empty one has a single colour. */
async function inked(canvas: Locator): Promise<boolean> {
  const shades = await canvas.evaluate((element: unknown) => {
    const { width, height, getContext } = element as Canvas;
    const { data } = getContext.call(element as Canvas, '2d').getImageData(0, 0, width, height);
    return new Set(data.filter((_, i) => i % 4 === 0)).size;
  });
  return shades > 20;
}

describe('from train.csv to submission.csv', () => {
  // What VS Code itself needs of a network is left out: its extension host is spoken to over the port of its server.
  const watch = watchNetwork(() =>
    running().filter(({ command }) => /training\.js|--type=extensionHost/.test(command)),
  );
  const requests: string[] = [];

  test('finds the data set and says so in the status bar and the Explorer', async () => {
    window()
      .page.context()
      .on('request', request => requests.push(request.url()));
    await window().statusBarItem('Digits: train.csv, test.csv').waitFor();
    // VS Code shows views that extensions add to the Explorer collapsed.
    await window().page.getByRole('button', { name: 'Digits Section' }).click();
    const view = window().page.locator('.pane', { has: window().page.getByRole('button', { name: 'Digits Section' }) });
    await view.getByText('training images, 76.7 MB').waitFor();
    await view.getByText('test images, 51.1 MB').waitFor();
  });

  test('shows the images of the 77 MB file', async () => {
    await window().runCommand('Digits: Preview Images');
    await window().pick('train.csv');
    const preview = await window().webviewFrame('Digits Preview');
    await until('all rows', async () => (await textOf(preview, 'preview-summary')).includes('42,000 images'));
    await until('the first images', () => inked(preview.locator('canvas').first()));
    await window().screenshot('preview');
  });

  test('asks for a preset and epochs, and says how long the training will take', async () => {
    await window().runCommand('Digits: Train Model');
    await window().pick('balanced');
    const prompt = window().page.locator('.quick-input-widget:visible .quick-input-message');
    await until(
      'the estimate',
      async () => /About .+ on this machine, .+ an epoch/.test(await prompt.innerText()),
      minutes,
    );
    const input = window().page.locator('.quick-input-widget:visible input:not([type=checkbox])').first();
    expect(await input.inputValue()).toBe('9');
    await window().typeIntoQuickInput('0');
    await until('a word about a wrong number', async () => (await prompt.innerText()).includes('whole number from 1'));
    await window().screenshot('epochs');
    await window().typeIntoQuickInput('2', { enter: true });
  });

  test(
    'trains in the background, with a notification and a live panel',
    async () => {
      const notification = await window().notification('epoch 1 of 2', minutes);
      expect(notification).toMatch(/Training on train\.csv.*accuracy \d+\.\d\d %.*left/s);
      const frame = await panel();
      expect(await textOf(frame, 'run-status')).toBe('Training');
      await until('progress in the panel', async () => /accuracy/i.test(await textOf(frame, 'progress')));
      expect(await textOf(frame, 'network')).toContain('49,434');
      await window()
        .statusBarItem(/Epoch [12]\/2/)
        .waitFor();
      // VS Code goes on working meanwhile.
      await window().runCommand('View: Show Explorer');
      await window().screenshot('training');

      await window().notification('Trained on train.csv', 6 * minutes);
      await until('the end in the panel', async () => (await textOf(frame, 'run-status')) === 'Done');
    },
    8 * minutes,
  );

  test('shows the confusion matrix and all misclassified images, and a cell filters them', async () => {
    const frame = await panel();
    const counts = (await frame.getByTestId('confusion').locator('tbody td').allInnerTexts()).map(text =>
      Number(text.replace(/\D/g, '')),
    );
    expect(counts).toHaveLength(100);
    expect(counts.reduce((sum, count) => sum + count)).toBe(4200);
    const wrong = 4200 - counts.filter((_, i) => i % 11 === 0).reduce((sum, count) => sum + count);
    expect(await textOf(frame, 'examples-count')).toMatch(new RegExp(`^${wrong} of 4,200 validation images`));
    // A network that guesses errs in 3,780.
    expect(wrong).toBeLessThan(100);

    const cell = frame.getByTestId('confusion').locator('td.errors').first();
    const label = (await cell.getAttribute('aria-label'))!;
    const [, truth, predicted, count] = /true (\d), predicted (\d): (\d+)/.exec(label)!;
    await cell.click();
    await until('the filter', async () => (await textOf(frame, 'examples-count')).startsWith(`${count} `));
    expect(await textOf(frame, 'examples-count')).toContain(`true ${truth} → predicted ${predicted}`);
    await frame.getByTestId('show-all').click();
    await until('all of them again', async () => (await textOf(frame, 'examples-count')).startsWith(`${wrong} of`));
  });

  test('opens a misclassified image: its probabilities and its row, as the file has them', async () => {
    const frame = await panel();
    await frame.getByTestId('examples').getByRole('gridcell').first().click();
    const inspector = frame.getByTestId('inspector');
    await inspector.waitFor();
    const text = await textOf(frame, 'inspector');
    const row = Number(/Row ([\d,]+)/.exec(text)![1]!.replace(',', ''));
    const truth = /true (\d) → predicted (\d)/.exec(text)!;
    expect(truth[1]).not.toBe(truth[2]);
    const line = fs.readFileSync(path.join(window().workspace, 'train.csv'), 'latin1').split('\n', row + 1)[row]!;
    expect(line.split(',')[0]).toBe(truth[1]);
    expect(await inspector.getByRole('listitem').count()).toBe(10);
    await until('the image', () => inked(inspector.locator('canvas')));
    await until('the images of the gallery', () => inked(frame.getByTestId('examples').locator('canvas').first()));

    await window().clearNotifications();
    await inspector.scrollIntoViewIfNeeded();
    for (const theme of triedThemes) {
      await window().showTheme(theme);
      await window().screenshot(`inspector ${theme}`);
    }
    await window().showTheme('vs-dark');

    await inspector.getByTestId('reveal').click();
    const preview = await window().webviewFrame('Digits Preview');
    const marked = preview.locator('[role=gridcell][aria-selected=true]');
    await until('the row in the preview', async () => (await marked.textContent())?.includes(row.toLocaleString('en')));
  });

  test('shows the panel in every kind of theme', async () => {
    const openRun = window().page.getByRole('treeitem', { name: /^9\d\.\d\d %/ });
    await openRun.click();
    const frame = await panel();
    await frame.getByTestId('best').waitFor();
    for (const theme of triedThemes) {
      await window().showTheme(theme);
      await frame.getByTestId('run-status').scrollIntoViewIfNeeded();
      await window().screenshot(`run ${theme}`);
      await frame.getByTestId('confusion').scrollIntoViewIfNeeded();
      await window().screenshot(`confusion ${theme}`);
    }
    await window().showTheme('vs-dark');
  });

  test(
    'writes the submission: a line for each of the 28,000 images, at least 98.5 % of them right',
    async () => {
      await window().runCommand('Digits: Write Submission');
      await window().notification('Wrote 28,000 predictions', 3 * minutes);
      const lines = fs.readFileSync(submission(), 'utf8').split('\n');
      const answers = fs.readFileSync(answersFile, 'utf8').split('\n');
      expect(lines).toHaveLength(28_002);
      expect(lines[0]).toBe('ImageId,Label');
      expect(lines[28_001]).toBe('');
      lines.slice(1, 28_001).forEach((line, i) => {
        if (!/^\d+,\d$/.test(line) || Number(line.split(',')[0]) !== i + 1)
          throw new Error(`line ${i + 2} is "${line}"`);
      });
      const right = lines.slice(1, 28_001).filter((line, i) => line === answers[i + 1]).length;
      expect(right / 28_000).toBeGreaterThan(0.985);
      await window().page.locator('.tab', { hasText: 'submission.csv' }).waitFor();
      await window().screenshot('submission');
    },
    4 * minutes,
  );

  test('asks before it replaces a submission', async () => {
    fs.writeFileSync(submission(), 'mine\n');
    await window().runCommand('Digits: Write Submission');
    await window().pressInDialog('Cancel');
    expect(fs.readFileSync(submission(), 'utf8')).toBe('mine\n');
  });

  test('used no network: neither the views nor the extension nor the processes that computed', async () => {
    const server = new URL(window().page.url());
    const port = Number(server.port).toString(16).toUpperCase().padStart(4, '0');
    const sockets = watch.stop().filter(({ local }) => !local.endsWith(`:${port}`));
    expect(sockets).toEqual([]);
    // Resources of views have addresses of VS Code's, which it answers itself: no name is looked up in this browser.
    const others = requests.filter(
      url => !url.startsWith(server.origin) && !/^(data|blob):|^https:\/\/[^/]+\.vscode-cdn\.net\//.test(url),
    );
    expect(others).toEqual([]);
    expect(requests.some(url => url.includes('/webview/run.js'))).toBe(true);
    if (process.platform !== 'linux') return;
    for (const kind of [/--type=extensionHost/, /training\.js$/, /training\.js worker$/])
      expect([...watch.seen()].some(command => kind.test(command))).toBe(true);
  });
});
