import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeEvaluation } from '../../../src/store/run/evaluations';
import { useWindow } from '../driver';
import { filesBelow } from '../filesBelow';
import { runFiles, type MadeRun } from '../madeRuns';
import { until } from '../vscodeWindow';
import { makeWorkspace } from '../workspace';

// A folder that somebody made to do harm, opened and trusted: names of files and folders, and all that a run says, are
// markup, links and icons; links and paths lead elsewhere. All of it is shown as text, and nothing elsewhere is touched.

const minute = 60_000;
const markup = '<img src=x onerror=window.pwned=1>';
const icon = '$(zap)';
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-hostile-'));
const workspace = makeWorkspace({ trainRows: 100, testRows: 10 }, path.join(temporary, 'workspace'));
const train = path.join(workspace, 'train.csv');
const markupFile = path.join(workspace, `${markup}.csv`);
const markupFolder = path.join(workspace, `${markup}${icon}`);
const runs = path.join(workspace, '.digits', 'runs');
const elsewhere = path.join(temporary, 'elsewhere');
const hostileId = `"><img src=x onerror=window.pwned=1>${icon}`;
const commandLink = '[Click](command:workbench.action.closeAllEditors)';

function writeRun(id: string, changes: Readonly<Record<string, unknown>>, made: Partial<MadeRun> = {}): string {
  const folder = path.join(runs, id);
  fs.mkdirSync(folder, { recursive: true });
  const files = runFiles({ id, created: '2026-01-02T03:04:05.000Z', ...made });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
  fs.writeFileSync(
    path.join(folder, 'run.json'),
    JSON.stringify({ ...(JSON.parse(files['run.json']) as object), ...changes }),
  );
  return folder;
}

const { data, engine } = JSON.parse(runFiles({ id: 'x', created: '2026-01-02T03:04:05.000Z' })['run.json']) as {
  data: object;
  engine: object;
};
fs.copyFileSync(train, markupFile);
fs.mkdirSync(markupFolder);
fs.copyFileSync(train, path.join(markupFolder, 'train.csv'));
fs.mkdirSync(path.join(elsewhere, '.digits', 'runs'), { recursive: true });
fs.copyFileSync(train, path.join(elsewhere, 'train.csv'));
fs.symlinkSync(elsewhere, path.join(workspace, 'linked'));
const hostile = writeRun(
  hostileId,
  {
    data: { ...data, file: `${markup}.csv`, warnings: [markup, `${icon} ${commandLink}`] },
    engine: { ...engine, library: markup, note: markup },
    layers: [{ name: markup, type: markup, outputShape: [1], parameters: 1 }],
    host: markup,
    status: 'failed',
    error: { code: 'internal', message: `${markup} ${commandLink}`, detail: markup },
  },
  { ended: 3 },
);
fs.writeFileSync(
  path.join(hostile, 'title.json'),
  JSON.stringify({ title: `${markup}${icon}${commandLink}`.slice(0, 80) }),
);
writeRun('outward', { data: { ...data, file: '../../../../../etc/passwd' } });
const evaluations = writeEvaluation(
  hostile,
  path.resolve('/etc/passwd'),
  { fingerprint: 'f', epoch: 1, images: 1, right: 0 },
  {
    rows: Uint32Array.of(1),
    labels: Uint16Array.of(1),
    probabilities: Float32Array.from({ length: 10 }, (_, i) => Number(i === 0)),
  },
);
afterAll(() => fs.rmSync(temporary, { recursive: true, force: true }));

/** A script for a page: see the file. */
const tryAll = (address: string): string =>
  `${fs.readFileSync(path.resolve(import.meta.dirname, '../tryAll.js'), 'utf8')}\ntryAll(${JSON.stringify(address)});`;

/** What keys call. */
const keys = [
  ['digits.previewImages', markupFile],
  ['digits.showData', markupFolder],
  ['digits.openRun', hostile],
  ['digits.showData', `/${commandLink}.csv`],
  ['digits.deleteRun', elsewhere],
  ['digits.previewImages', { $mid: 1, scheme: 'vscode-vfs', authority: 'github', path: '/somebody/train.csv' }],
  ['digits.train', path.join(workspace, 'linked')],
] as const;

describe('a hostile folder', () => {
  const window = useWindow({
    workspace,
    keys: keys.map(([command, args], i) => ({ key: `ctrl+alt+${i + 1}`, command, args })),
  });
  const press = (i: number): Promise<void> => window().page.keyboard.press(`Control+Alt+${i + 1}`);
  const clear = async (): Promise<void> => {
    await window().clearNotifications();
  };
  /** Requests that came from anywhere to a server beside. */
  const reached: string[] = [];
  const server = http.createServer((request, response) => {
    reached.push(request.url!);
    response.end();
  });
  const before = filesBelow(elsewhere);
  beforeAll(async () => {
    await evaluations;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  /** Nothing of the folder became an element or ran, in the window or in any view. */
  async function expectText(): Promise<void> {
    for (const frame of window().page.frames()) {
      expect(
        await frame.evaluate('[window.pwned, document.querySelectorAll("img[src=x], [onerror], [onclick]").length]'),
        frame.url(),
      ).toEqual([undefined, 0]);
    }
  }
  const shows = (frame: Frame, text: string): Promise<unknown> =>
    until(`the text ${text}`, async () => (await frame.locator('body').innerText()).includes(text));

  test(
    'shows names in the preview, the data page and the run panel as text',
    async () => {
      await press(0);
      const preview = await window().webviewFrame('Digits Preview', minute);
      await until('the images', async () =>
        (await preview.getByTestId('preview-summary').innerText()).includes('100 images'),
      );
      await expectText();
      await press(1);
      const page = await window().webviewFrame('Digits Data', minute);
      await shows(page, markup);
      await expectText();
      await press(2);
      const panel = await window().webviewFrame('Digits Run', minute);
      await panel.getByTestId('run-status').waitFor();
      await shows(panel, markup);
      await shows(panel, commandLink);
      await expectText();
    },
    3 * minute,
  );

  test('lists a hostile run in the view as text, and none that leads out of the folder', async () => {
    const rows = window().page.locator('.pane-body .monaco-list-row', { hasText: markup });
    await until('the run in the view', async () => (await rows.count()) > 0);
    await expectText();
    expect(fs.readdirSync(runs)).toContain('outward');
    await window().runCommand('Digits: Select Data Set');
    const labels = await until('the data sets', async () => {
      const shown = await window().pickLabels();
      return shown.includes('workspace') ? shown : undefined;
    });
    expect(labels).toContain(`${markup}${icon}`);
    // A folder that a link leads to is none of the workspace's.
    expect(labels).not.toContain('linked');
    await window().page.keyboard.press('Escape');
  });

  test('makes no link of a name in a notification', async () => {
    await press(3);
    await window().notification('belongs to no data set');
    expect(await window().page.locator('.notifications-toasts .notification-list-item-message a').count()).toBe(0);
    await clear();
  });

  test('deletes nothing but runs', async () => {
    await press(4);
    await window().notification('is not the folder of a run');
    expect(await window().page.locator('.monaco-dialog-box').count()).toBe(0);
    await clear();
    await press(6);
    await window().notification('There is no train.csv in');
    await clear();
    expect(filesBelow(elsewhere)).toEqual(before);
  });

  test('asks before it writes a file that is on no disk to one', async () => {
    await press(5);
    const dialog = window().page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Write train.csv to a temporary file?');
    await window().page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test.each(['Digits Run', 'Digits Preview', 'Digits Data'])(
    '%s lets no script, handler, style sheet or request in that is not its own',
    async title => {
      await window().runCommand('View: Close All Editors');
      await press(title === 'Digits Run' ? 2 : title === 'Digits Preview' ? 0 : 1);
      const frame = await window().webviewFrame(title, minute);
      await frame.locator('[data-testid]').first().waitFor();
      const policy = await frame.evaluate<string>(
        'document.querySelector("meta[http-equiv=Content-Security-Policy]").content',
      );
      expect(policy).toMatch(
        /^default-src 'none'; script-src 'nonce-[\w+/=]{20,}'; style-src \S+( \S+)? 'nonce-[\w+/=]{20,}'$/,
      );
      expect(policy).not.toMatch(/unsafe|\*(?!\.)|data:|blob:/);
      const address = `http://127.0.0.1:${(server.address() as { port: number }).port}/${title.replace(' ', '-')}`;
      const outcome = await frame.evaluate(tryAll(address));
      expect(outcome).toEqual({ ran: [], sheet: 'refused', own: 'loaded' });
      expect(reached).toEqual([]);
    },
    2 * minute,
  );

  test('does the same in a page without a policy, so that the test would notice', async () => {
    const page = await window().page.context().newPage();
    const address = `http://127.0.0.1:${(server.address() as { port: number }).port}/none`;
    await page.goto(address);
    const { ran } = await page.evaluate<{ readonly ran: string[] }>(tryAll(address));
    expect(ran.sort()).toEqual(['eval', 'handler', 'inline', 'timer']);
    await until('all requests', async () =>
      ['fetch', 'image', 'beacon', 'frame', 'remote'].every(kind => reached.includes(`/none-${kind}`)),
    );
    await page.close();
  });
});
