import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { useWindow } from '../driver';
import { trainedFolder } from '../trainRun';
import { until } from '../vscodeWindow';

// A window that is loaded again: with several views open, and in the middle of a training.

const minute = 60_000;
const window = useWindow({ workspace: { copyOf: trainedFolder() }, size: { width: 1280, height: 900 } });
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');

/** Brings the editor with this title in front; a view is loaded when it is first seen. */
async function showTab(title: string | RegExp): Promise<void> {
  await window().page.locator('.tab', { hasText: title }).first().click();
}

/** How many processes train in the workspace's VS Code. */
function trainingProcesses(): number {
  const extension = path.join(path.dirname(window().workspace), 'extensions');
  return execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(extension) && line.includes('training.js')).length;
}

test(
  'every view comes back, complete',
  async () => {
    await window().openRun(/quick/);
    await (await window().webviewFrame('Digits Run')).getByTestId('confusion').waitFor();
    await window().runCommand('Digits: Show Data');
    const data = await window().webviewFrame('Digits Data');
    const summary = await until('the facts', async () =>
      (await data.getByTestId('data-summary').count()) > 0 ? textOf(data, 'data-summary') : undefined,
    );
    await window().runCommand('Digits: Preview Images');
    await window().pick('train.csv');
    await (await window().webviewFrame('Digits Preview')).locator('canvas').first().waitFor();

    await window().reload();

    await showTab('train.csv');
    await until('the images of train.csv', async () =>
      (await textOf(await window().webviewFrame('Digits Preview'), 'preview-summary')).includes('3,001 images'),
    );
    await showTab('Data:');
    const dataAgain = await window().webviewFrame('Digits Data');
    await until('the same facts', async () => (await textOf(dataAgain, 'data-summary')) === summary);
    await showTab('Run: quick');
    const run = await window().webviewFrame('Digits Run');
    await until('the run', async () => (await textOf(run, 'run-status')) === 'Done');
    expect(await run.getByTestId('chart-loss').locator('tbody tr').count()).toBe(2);
    expect(await run.getByTestId('confusion').locator('tbody td').count()).toBe(100);
    await run.getByTestId('examples').getByRole('gridcell').first().waitFor();
    await window().runCommand('View: Close All Editors');
  },
  5 * minute,
);

test(
  'in the middle of a training it shows it interrupted at its last finished epoch, and Resume goes on',
  async () => {
    await window().runCommand('Digits: Train Model');
    await window().pick('quick');
    await window().typeIntoQuickInput('8', { enter: true });
    await window().notification('epoch 3 of 8', 2 * minute);
    expect(trainingProcesses()).toBeGreaterThan(0);

    await window().reload();

    await until('the end of its processes', async () => trainingProcesses() === 0, minute);
    const frame = await window().webviewFrame('Digits Run');
    await until('the interrupted run', async () => (await textOf(frame, 'run-status')) === 'Interrupted', minute);
    const sentence = await textOf(frame, 'run-sentence');
    const epoch = Number(/^Training was interrupted after epoch (\d+) of 8: its process is gone\./.exec(sentence)?.[1]);
    expect(epoch).toBeGreaterThanOrEqual(2);
    expect(await frame.getByTestId('chart-loss').locator('tbody tr').count()).toBe(epoch);
    await frame.getByTestId('confusion').waitFor();
    await window().screenshot('reload interrupted');

    await frame.getByTestId('resume').click();
    await window().notification('Trained on train.csv', 2 * minute);
    await until('the end', async () => (await textOf(frame, 'run-status')) === 'Done');
    expect(await frame.getByTestId('chart-loss').locator('tbody tr').count()).toBe(8);
  },
  5 * minute,
);
