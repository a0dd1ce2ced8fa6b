import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { violations } from '../accessibility';
import { useWindow } from '../driver';
import { runFolders, type MadeRun } from '../madeRuns';
import { trainedFolder } from '../trainRun';
import { triedThemes } from '../vscodeWindow';

// Every view in every theme that is tried, as axe-core judges it.

const other: MadeRun = {
  id: 'other',
  created: '2026-11-22T18:00:00.000Z',
  accuracy: 0.9722,
  config: { preset: 'notebook', seed: 3, overrides: { learningRate: 0.01 } },
};
const window = useWindow({
  workspace: { copyOf: trainedFolder(), files: runFolders(other) },
  size: { width: 1280, height: 900 },
});

/** Expects nothing wrong in this view in any theme, and takes a picture of each. */
async function expectAccessible(name: string, frame: Frame): Promise<void> {
  const wrong: string[] = [];
  for (const kind of triedThemes) {
    await window().showTheme(kind);
    await frame
      .locator(`body.vscode-${kind === 'vs' ? 'light' : kind === 'vs-dark' ? 'dark' : 'high-contrast'}`)
      .waitFor();
    await window().screenshot(`${name} ${kind}`);
    wrong.push(...(await violations(frame)).map(line => `${kind}: ${line}`));
  }
  await window().showTheme('vs-dark');
  expect(wrong).toEqual([]);
}

describe('every view, in every theme that is tried', () => {
  test('the run panel', async () => {
    await window().openRun(/quick/);
    const frame = await window().webviewFrame('Digits Run');
    await frame.getByTestId('confusion').waitFor();
    await expectAccessible('axe run', frame);
  });

  test('runs that are compared', async () => {
    const frame = await window().webviewFrame('Digits Run');
    await frame.getByTestId('compare-with').click();
    await window().pick('notebook');
    await window().page.keyboard.press('Enter');
    await frame.getByTestId('compared-table').waitFor();
    await frame.getByTestId('compare-with').scrollIntoViewIfNeeded();
    await expectAccessible('axe compare', frame);
  });

  test('the inspector', async () => {
    const frame = await window().webviewFrame('Digits Run');
    await frame.getByTestId('examples').getByRole('gridcell').first().click();
    await frame.getByTestId('attention-toggle').click();
    await frame.getByTestId('attention-words').waitFor();
    await frame.getByTestId('neighbours-toggle').click();
    await frame.getByTestId('neighbours').getByRole('listitem').first().waitFor();
    await frame.getByTestId('inspector').scrollIntoViewIfNeeded();
    await expectAccessible('axe inspector', frame);
  });

  test('the preview', async () => {
    await window().openFile('train.csv');
    await window().runCommand('Digits: Preview Images');
    const frame = await window().webviewFrame('Digits Preview');
    await frame.locator('canvas').first().waitFor();
    await expectAccessible('axe preview', frame);
  });

  test('the data page', async () => {
    await window().runCommand('Digits: Show Data');
    const frame = await window().webviewFrame('Digits Data');
    await frame.locator('canvas').first().waitFor();
    await expectAccessible('axe data', frame);
  });
});
