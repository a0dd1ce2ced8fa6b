import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { launch } from '../../test/vscode/launch';
import { until, type VSCodeWindow } from '../../test/vscode/vscodeWindow';
import { summary } from '../lib/statistics.mjs';
import { figures, table } from '../lib/table.mjs';
import { scriptPerFrame, traced } from './trace';

// How long a person waits for the first digits of a file, and what scrolling through all of it costs. Everything in one
// window and in turns; beside it VS Code's own preview of a picture, which is a webview with next to nothing in it.

const rounds = 7;
const large = 10;
const out = inRoot('bench', 'out');
let window: VSCodeWindow;

beforeAll(async () => {
  window = await launch({
    settings: {
      'workbench.editorAssociations': { '*.csv': 'digits.preview' },
      'workbench.editor.enablePreview': false,
    },
    size: { width: 1280, height: 900 },
  });
  const train = fs.readFileSync(path.join(window.workspace, 'train.csv'));
  const body = train.subarray(train.indexOf(10) + 1);
  fs.writeFileSync(path.join(window.workspace, 'small.csv'), train.subarray(0, train.indexOf(10, 200_000) + 1));
  const file = fs.openSync(path.join(window.workspace, 'large.csv'), 'w');
  fs.writeSync(file, train.subarray(0, train.indexOf(10) + 1));
  for (let i = 0; i < large; i++) fs.writeSync(file, body);
  fs.closeSync(file);
  fs.copyFileSync(inRoot('media', 'icon.png'), path.join(window.workspace, 'picture.png'));
  const marks = fs.readFileSync(inRoot('bench', 'views', 'marks.js'), 'utf8');
  await window.page.evaluate(marks);
  await window.page.addInitScript(marks);
});
afterEach(({ task }) => (task.result?.state === 'fail' ? window.saveTrace('failed views') : undefined));
afterAll(() => window.stop());

test(
  'what the views cost',
  async () => {
    const names = ['picture.png', 'small.csv', 'train.csv', 'large.csv'];
    const opening = new Map<string, number[]>(names.map(name => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const name of names) {
        const seconds = await open(name);
        // The first round loads what VS Code loads once.
        if (round > 0) opening.get(name)!.push(seconds);
        await window.runCommand('View: Close All Editors');
      }
    }

    await open('train.csv');
    const frame = await window.webviewFrame('Digits Preview');
    await until(
      'the whole index',
      async () => (await frame.getByTestId('preview-summary').innerText()).includes('42,000'),
      60_000,
    );
    const host = hostProcess();
    const before = residentBytes(host);
    const scrolling = scriptPerFrame(await traced(window.page, () => scrollThrough(frame)), 'preview.js')
      .filter(ms => ms > 0)
      .toSorted((a, b) => a - b);
    const grown = residentBytes(host) - before;

    const picture = summary(opening.get('picture.png')!).median;
    const rows = names.map(name => {
      const { median, min, max } = summary(opening.get(name)!);
      return [name, figures(median), `${figures(min)} – ${figures(max)}`, figures(median / picture)];
    });
    const at = (share: number): string =>
      figures(scrolling[Math.min(Math.floor(scrolling.length * share), scrolling.length - 1)]!);
    const text = `${table(['file', 'ms to the first picture', 'range', 'beside picture.png'], rows)}

Scrolling through all 42,000 images: ${scrolling.length} frames with script, of which the median took ${at(0.5)} ms of it, 95 % at most ${at(0.95)} ms, the worst ${at(1)} ms.
The extension host grew by ${figures(grown / 1e6)} MB meanwhile.
`;
    fs.mkdirSync(out, { recursive: true });
    fs.writeFileSync(path.join(out, 'views.md'), text);
    console.log(text);
    expect(scrolling.length).toBeGreaterThan(50);
  },
  15 * 60_000,
);

/** Opens a file by its name, as one does with Quick Open; milliseconds from Enter to the first picture. */
async function open(name: string): Promise<number> {
  await window.page.keyboard.press('Control+P');
  await window.typeIntoQuickInput(name);
  await window.page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: name }).waitFor();
  await window.page.keyboard.press('Enter');
  const shown = await until(
    `the first picture of ${name}`,
    async () => {
      const times = await Promise.all(
        window.page
          .frames()
          .map(frame =>
            frame.evaluate(() => (globalThis as { pictureShown?: number }).pictureShown).catch(() => undefined),
          ),
      );
      return times.find(time => time !== undefined);
    },
    60_000,
  );
  return shown - (await window.page.evaluate(() => (globalThis as { enterPressed?: number }).enterPressed!));
}

/** Turns the wheel from the first row to the last, three notches at once. */
async function scrollThrough(frame: Frame): Promise<void> {
  const grid = frame.locator('[role=grid]').first();
  const box = (await grid.boundingBox())!;
  await window.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // By a glance that costs the page nothing: its own script is what is measured.
  const atEnd = (): Promise<boolean> => frame.evaluate(`document.querySelector('[data-index="41999"]') !== null`);
  for (let turns = 0; !(await atEnd()); turns++) {
    if (turns > 5000) throw new Error('The last row did not come into view.');
    await window.page.mouse.wheel(0, 300);
  }
}

/** The extension host of this process's VS Code. */
function hostProcess(): number {
  const list = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes('--type=extensionHost'));
  if (list.length !== 1) throw new Error(`${list.length} extension hosts run here; close the others.`);
  return Number.parseInt(list[0]!, 10);
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;
}
