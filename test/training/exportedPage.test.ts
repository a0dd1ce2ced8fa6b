import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { runsFolder } from '../../src/store/run/runFolder';
import { TrainingProcess } from '../../src/processes/trainingProcess';
import { until } from '../vscode/vscodeWindow';
import { smallData } from './smallData';

// The exported page, opened from a disk as by a double click, with no network.

const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');
const screenshots = path.resolve(import.meta.dirname, '../../out/screenshots');
const executablePath = await findChromium();

describe.skipIf(!executablePath)('the exported page', () => {
  let folder: string;
  let browser: Browser | undefined;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = smallData(3000, 10);
    const nothing = (): void => undefined;
    const child = new TrainingProcess(bundle, { progress: nothing, started: nothing, epoch: nothing });
    await child.rpc.call('train', {
      folder,
      trainFile: path.join(folder, 'train.csv'),
      runId: 'run',
      config: { preset: 'quick', epochs: 3, seed: 2, engine: 'auto' },
    });
    await child.rpc.call('exportModel', {
      runFolder: path.join(runsFolder(folder), 'run'),
      outFolder: path.join(folder, 'page'),
    });
    child.dispose();
    browser = await chromium.launch({
      executablePath: executablePath!,
      headless: true,
      chromiumSandbox: false,
      args: ['--disable-gpu', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND'],
    });
    page = await browser.newPage({ viewport: { width: 860, height: 700 } });
    page.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    await page.goto(pathToFileURL(path.join(folder, 'page', 'index.html')).href);
    await page.waitForSelector('body[data-ready]');
  });
  afterAll(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const answer = (): Promise<string> => page.locator('#answer').innerText();

  /** Draws strokes with the mouse; points are shares of the paper. */
  async function draw(...strokes: readonly (readonly (readonly [number, number])[])[]): Promise<void> {
    const { x, y, width, height } = (await page.locator('#paper').boundingBox())!;
    for (const stroke of strokes) {
      const points = stroke.map(([across, down]) => [x + across * width, y + down * height] as const);
      await page.mouse.move(...points[0]!);
      await page.mouse.down();
      for (const point of points.slice(1)) await page.mouse.move(...point, { steps: 6 });
      await page.mouse.up();
    }
  }

  it('says which digit is drawn, with probabilities that add up to one', async () => {
    await draw([
      [0.5, 0.15],
      [0.5, 0.85],
    ]);
    await until('a one', async () => (await answer()).startsWith('1 ('));
    const shares = await page.locator('#bars li span').allInnerTexts();
    expect(shares).toHaveLength(10);
    expect(shares.reduce((sum, text) => sum + Number.parseFloat(text), 0)).toBeCloseTo(100, 0);

    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await answer()).toBe('Draw a digit.');
    const circle = Array.from(
      { length: 25 },
      (_, i) => [0.5 + 0.2 * Math.sin((i * Math.PI) / 12), 0.5 - 0.3 * Math.cos((i * Math.PI) / 12)] as const,
    );
    await draw(circle);
    await until('a nought', async () => (await answer()).startsWith('0 ('));

    await page.getByRole('button', { name: 'Clear' }).click();
    await draw([
      [0.25, 0.2],
      [0.75, 0.2],
      [0.4, 0.85],
    ]);
    await until('a seven', async () => (await answer()).startsWith('7 ('));
    fs.mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: path.join(screenshots, 'exported-page.png') });
  });

  it('knows the images that it brings, which the keyboard reaches', async () => {
    await page.locator('#clear').focus();
    let right = 0;
    for (let label = 0; label < 10; label++) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const text = await until('an answer', async () => (/^\d/.test(await answer()) ? answer() : undefined));
      if (text.startsWith(`${label} (`)) right++;
    }
    expect(right).toBeGreaterThanOrEqual(8);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: path.join(screenshots, 'exported-page-dark.png') });
  });

  it('breaks none of its own rules and asks for nothing that is not there', () => {
    expect(complaints).toEqual([]);
  });

  it('computes in WebAssembly, which its policy has to allow', async () => {
    expect(await page.evaluate('tf.getBackend()')).toBe('wasm');
  });
});
