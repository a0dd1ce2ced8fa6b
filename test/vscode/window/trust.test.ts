import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { filesBelow } from '../filesBelow';
import { runFolders } from '../madeRuns';
import { markProcesses } from '../markedProcesses';
import { until } from '../vscodeWindow';
import { makeWorkspace } from '../workspace';

// A folder that is not trusted can be looked at. Nothing trains or writes, and no process starts, whoever calls the command.

const minute = 60_000;
const workspace = makeWorkspace(
  {
    trainRows: 100,
    testRows: 10,
    files: {
      ...runFolders(
        { id: 'foreign', created: '2026-01-02T03:04:05.000Z' },
        { id: 'stopped', status: 'cancelled', ended: 2, created: '2026-01-02T03:04:06.000Z' },
      ),
      '.digits/runs/stopped/checkpoint.safetensors': 'x',
      '.vscode/settings.json': '{ "digits.engine": "native", "digits.presetValues": { "networks": 50 } }',
    },
  },
  fs.mkdtempSync(path.join(os.tmpdir(), 'digits-untrusted-')),
);
/** A data set without runs: no folder for them may come to be. */
const second = path.join(workspace, 'second');
fs.cpSync(path.join(workspace, 'train.csv'), path.join(second, 'train.csv'));
afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

const run = path.join(workspace, '.digits', 'runs', 'foreign');
const refused = [
  ['train', second],
  ['resume', path.join(workspace, '.digits', 'runs', 'stopped')],
  ['writeSubmission', run],
  ['evaluate', run],
  ['exportModel', run],
  ['renameRun', run],
  ['deleteRun', run],
] as const;
const keyOf = (i: number): string => `ctrl+alt+${i + 1}`;
const marked = markProcesses();

describe('in a folder that is not trusted', () => {
  const window = useWindow({
    workspace,
    restricted: true,
    // The folder's own setting asks for this engine; the user's does not.
    env: { ...marked.env, DIGITS_ENGINE_DIR: '/nonexistent/engine' },
    keys: [
      ...refused.map(([command, args], i) => ({ key: keyOf(i), command: `digits.${command}`, args })),
      { key: keyOf(7), command: 'digits.previewImages', args: path.join(workspace, 'train.csv') },
      { key: keyOf(8), command: 'digits.showData', args: second },
      { key: 'ctrl+alt+0', command: 'digits.openRun', args: run },
    ],
  });
  const press = (i: number): Promise<void> =>
    window().page.keyboard.press(keyOf(i).replace('ctrl', 'Control').replace('alt', 'Alt'));
  const before = filesBelow(workspace);
  const trainings = (): readonly string[] =>
    marked
      .running()
      .map(({ command }) => command)
      .filter(command => command.includes('training.js'));

  test(
    'images, data and runs can be looked at',
    async () => {
      await press(7);
      const preview = await window().webviewFrame('Digits Preview', minute);
      await until('the images', async () =>
        (await preview.getByTestId('preview-summary').innerText()).includes('100 images'),
      );
      await preview.getByRole('gridcell', { name: 'Row 3, label' }).dblclick();
      await preview.getByTestId('pixel-view').hover();
      await until('a pixel', async () =>
        /Pixel row \d+, column \d+: \d+/.test(await preview.getByTestId('pixel-readout').innerText()),
      );
      await preview.getByTestId('unanswered').getByText('Digits asks a network only in a trusted folder').waitFor();
      await press(8);
      const data = await window().webviewFrame('Digits Data', minute);
      await data.getByTestId('label-counts').waitFor();
      await window().page.keyboard.press('Control+Alt+0');
      const panel = await window().webviewFrame('Digits Run', minute);
      await panel.getByTestId('run-status').waitFor();
    },
    3 * minute,
  );

  test('training and writing are not offered', async () => {
    await window().page.keyboard.press('F1');
    await window().typeIntoQuickInput('>Digits: ');
    const labels = await window().pickLabels();
    expect(labels).toEqual(
      expect.arrayContaining([
        'Digits: Preview Images',
        'Digits: Show Data',
        'Digits: Open Run',
        'Digits: Check Engine',
      ]),
    );
    for (const title of [
      'Train Model',
      'Resume Training',
      'Write Submission',
      'Evaluate on File',
      'Export Model',
      'Rename Run',
      'Delete Run',
    ])
      expect(labels).not.toContain(`Digits: ${title}`);
    await window().page.keyboard.press('Escape');
  });

  test.each(refused.map(([command], i) => [command, i] as const))(
    'digits.%s is refused with a sentence to whoever calls it',
    async (_, i) => {
      await press(i);
      expect(await window().notification('only in a trusted folder')).toContain(
        'Digits trains and writes files only in a trusted folder; run "Workspaces: Manage Workspace Trust" and trust this one.',
      );
      await window().clearNotifications();
    },
  );

  test(
    "the folder's own settings choose no engine",
    async () => {
      await window().runCommand('Digits: Check Engine');
      expect(await window().notification('Digits runs on the', minute)).toContain('Digits runs on the portable engine');
    },
    2 * minute,
  );

  test('nothing was written, and no process is there that trains', async () => {
    await window().runCommand('View: Close All Editors');
    await until('the end of what measured the engines', async () => trainings().length === 0);
    if (process.platform === 'linux') expect(marked.running().length).toBeGreaterThan(0);
    expect(filesBelow(workspace)).toEqual(before);
    expect(fs.existsSync(path.join(second, '.digits'))).toBe(false);
  });
});
