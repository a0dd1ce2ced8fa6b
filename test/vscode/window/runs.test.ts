import fs from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { runFiles, runFolders } from '../madeRuns';
import { until } from '../vscodeWindow';

// The list of runs: what a person does with them by menu and keys.

const minute = 60_000;
const training = {
  id: 'd',
  status: 'training',
  created: '2026-11-22T19:00:00.000Z',
  ended: 2,
  config: { preset: 'notebook' },
} as const;
const window = useWindow({
  workspace: {
    trainRows: 200,
    testRows: 20,
    files: runFolders(
      { id: 'a', created: '2026-11-22T16:00:00.000Z', accuracy: 0.9711 },
      { id: 'b', created: '2026-11-22T17:00:00.000Z', accuracy: 0.9822 },
      { id: 'c', created: '2026-11-22T18:00:00.000Z', accuracy: 0.9833, config: { preset: 'balanced' } },
      training,
    ),
  },
  size: { width: 1280, height: 900 },
});

const runFolder = (id: string): string => path.join(window().workspace, '.digits', 'runs', id);
const item = (name: string | RegExp): Locator => window().page.getByRole('treeitem', { name });
const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');

/** Whether the folder is still there. */
const isThere = (id: string): boolean => fs.existsSync(runFolder(id));

async function clear(): Promise<void> {
  await window().clearNotifications();
}

/** Selects a run without opening it, so that the view has the focus. */
async function select(name: RegExp): Promise<void> {
  await until('the selection', async () => {
    // Selected already, it is not any more; then once again.
    await item(name).click({ modifiers: ['Control'] });
    return (await item(name).getAttribute('aria-selected')) === 'true';
  });
}

/** Opens the menu of a run and chooses from it. */
async function chooseFromMenu(name: RegExp, entry: string): Promise<void> {
  await window().chooseFromMenu(await window().contextMenu(item(name)), entry);
}

let beat: NodeJS.Timeout;
beforeAll(() => {
  beat = setInterval(() => fs.writeFileSync(path.join(runFolder('d'), 'heartbeat'), ''), 10_000);
});
afterAll(() => clearInterval(beat));

describe('the list of runs', () => {
  test('has the newest first, and tells result, name, date and state', async () => {
    await window().page.getByRole('button', { name: 'Digits Section' }).click();
    await item(/^98\.33 %, balanced, 22 Nov/).waitFor();
    const names = await until('the runs', async () => {
      const all = await window()
        .page.getByRole('treeitem')
        .evaluateAll((elements: unknown[]) =>
          elements.map(element =>
            String((element as { getAttribute(name: string): string | null }).getAttribute('aria-label')),
          ),
        );
      const runs = all.filter(name => name.includes('22 Nov'));
      return runs.length === 4 ? runs : undefined;
    });
    expect(names.map(name => name.split(', ')[1])).toEqual(['notebook', 'balanced', 'quick', 'quick']);
    expect(names[1]).toMatch(/, done$/);
    await window().screenshot('runs');
  });

  test('renames by F2, and the new name is wherever the run is named', async () => {
    await item(/^98\.22 %/).click();
    const frame = await panel();
    await frame.getByTestId('run-status').waitFor();
    await select(/^98\.22 %/);
    await window().page.keyboard.press('F2');
    await window().typeIntoQuickInput('x'.repeat(81));
    await until('a word about its length', async () =>
      (await window().page.locator('.quick-input-widget:visible .quick-input-message').innerText()).includes(
        'at most 80 characters',
      ),
    );
    await window().typeIntoQuickInput('  my first\ttry ', { enter: true });
    await item(/^98\.22 %, my first try, 22 Nov/).waitFor();
    expect(JSON.parse(fs.readFileSync(path.join(runFolder('b'), 'title.json'), 'utf8'))).toEqual({
      title: 'my first try',
    });
    await window().page.locator('.tab', { hasText: 'Run: my first try' }).waitFor();
    await frame.getByRole('heading', { name: 'my first try', level: 1 }).waitFor();
    await frame.getByTestId('run-facts').getByText('Quick preset on train.csv').waitFor();
    await window().runCommand('Digits: Open Run');
    await until('the name in the list to pick from', async () =>
      (await window().page.locator('.quick-input-list .monaco-list-row').allInnerTexts()).some(text =>
        text.includes('my first try'),
      ),
    );
    await window().screenshot('runs renamed');
    await window().page.keyboard.press('Escape');
  });

  test('gives the default name again where the title is empty', async () => {
    await chooseFromMenu(/my first try/, 'Rename Run');
    await window().typeIntoQuickInput('', { enter: true });
    await item(/^98\.22 %, quick, 22 Nov/).waitFor();
    expect(fs.existsSync(path.join(runFolder('b'), 'title.json'))).toBe(false);
    await window().page.locator('.tab', { hasText: 'Run: quick' }).waitFor();
  });

  test('takes a title over that was written by another hand', async () => {
    fs.writeFileSync(path.join(runFolder('a'), 'title.json'), '{"title":"from outside"}');
    await item(/^97\.11 %, from outside/).waitFor();
  });

  test('shows the folder of a run', async () => {
    await chooseFromMenu(/^98\.33 %/, 'Open Run Folder');
    await item('run.json').waitFor();
    await window().screenshot('runs folder');
  });

  test(
    'does not delete a run that trains',
    async () => {
      await chooseFromMenu(/, notebook, 22 Nov/, 'Delete Run');
      await window().notification('cancel the training first, then delete the run', minute);
      expect(isThere('d')).toBe(true);
      await clear();
    },
    3 * minute,
  );

  test('asks before it deletes, and then the run is gone with its panel', async () => {
    await item(/^98\.22 %/).click();
    await window().page.locator('.tab', { hasText: 'Run: quick' }).waitFor();
    await select(/^98\.22 %/);
    await window().page.keyboard.press('Delete');
    await window().page.locator('.monaco-dialog-box', { hasText: 'Delete the run "quick, 22 Nov' }).waitFor();
    await window().screenshot('runs delete');
    await window().pressInDialog('Cancel');
    expect(isThere('b')).toBe(true);

    await select(/^98\.22 %/);
    await window().page.keyboard.press('Delete');
    await window().pressInDialog('Move to Trash');
    // A server has no trash.
    await window().page.locator('.monaco-dialog-box', { hasText: "can't be moved to a trash here" }).waitFor();
    await window().screenshot('runs delete permanently');
    expect(isThere('b')).toBe(true);
    await window().pressInDialog('Delete Permanently');
    await item(/^98\.22 %/).waitFor({ state: 'detached' });
    expect(isThere('b')).toBe(false);
    await window().page.locator('.tab', { hasText: 'Run: quick' }).waitFor({ state: 'detached' });
  });

  test('deletes several at once', async () => {
    for (const id of ['e', 'f']) {
      fs.mkdirSync(runFolder(id), { recursive: true });
      for (const [name, content] of Object.entries(
        runFiles({ id, created: '2026-11-23T10:00:00.000Z', accuracy: id === 'e' ? 0.9111 : 0.9222 }),
      ))
        fs.writeFileSync(path.join(runFolder(id), name), content);
    }
    await item(/^91\.11 %/).waitFor();
    await item(/^92\.22 %/).waitFor();
    await item(/^91\.11 %/).click();
    // Its panel takes the focus once it is there.
    await (await window().webviewFrame('Digits Run')).getByText('91.11 %').first().waitFor();
    await item(/^92\.22 %/).click({ modifiers: ['Control'] });
    await window().page.keyboard.press('Delete');
    await window().page.locator('.monaco-dialog-box', { hasText: 'Delete 2 runs?' }).waitFor();
    await window().pressInDialog('Move to Trash');
    await window().pressInDialog('Delete Permanently');
    await until('both to go', async () => !isThere('e') && !isThere('f'));
    expect(isThere('a') && isThere('c')).toBe(true);
  });
});
