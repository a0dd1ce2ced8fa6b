import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { listRuns, readHistory } from '../../../src/store/run/runFolder';
import { useWindow } from '../driver';
import { until } from '../vscodeWindow';

// A VS Code that ends in the middle of a training: its extension host is killed, and its window is closed.

const minute = 60_000;
const window = useWindow({ workspace: { trainRows: 1500, testRows: 10 } });
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');

/** The processes that train in the workspace's VS Code, each with the one that started it. */
function trainingProcesses(): { readonly pid: number; readonly parent: number }[] {
  const extension = path.join(path.dirname(window().workspace), 'extensions');
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(extension) && line.includes('training.js'));
  return lines
    .map(line => line.trim().split(/\s+/))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

/** Waits until nothing trains any more and the run, as its folder has it, is interrupted; returns after which epoch. */
async function interruptedEpoch(): Promise<number> {
  await until('the end of its processes', async () => trainingProcesses().length === 0, minute);
  const [found, ...others] = await listRuns(window().workspace);
  expect(others).toEqual([]);
  expect(found!.run.status).toBe('interrupted');
  expect(found!.run.bestEpoch).toBe((await readHistory(found!.runFolder)).length);
  return found!.run.bestEpoch!;
}

/** Opens the one run there is and waits until it says how far it came. */
async function openRun(epoch: number): Promise<Frame> {
  await window().runCommand('Digits: Open Run');
  const frame = await window().webviewFrame('Digits Run', minute);
  await until(
    'the interrupted run',
    async () =>
      (await textOf(frame, 'run-sentence')).startsWith(
        `Training was interrupted after epoch ${epoch} of 300: its process is gone.`,
      ),
    minute,
  );
  expect(await frame.getByTestId('chart-loss').locator('tbody tr').count()).toBe(epoch);
  return frame;
}

test(
  'an extension host that is killed leaves no process, and the run as far as it was; a window that is closed does the same',
  async () => {
    await window().runCommand('Digits: Train Model');
    await window().pick('quick');
    await window().typeIntoQuickInput('300', { enter: true });
    await window().notification('epoch 3 of 300', 2 * minute);
    const processes = trainingProcesses();
    const [host] = processes.map(({ parent }) => parent).filter(parent => processes.every(({ pid }) => pid !== parent));
    process.kill(host!, 'SIGKILL');
    const killedAfter = await interruptedEpoch();
    expect(killedAfter).toBeGreaterThanOrEqual(2);

    await window().reload();
    const frame = await openRun(killedAfter);
    await frame.getByTestId('resume').click();
    await until(
      'the epochs that follow',
      async () => Number(/Epoch (\d+) of 300/.exec(await textOf(frame, 'progress'))?.[1]) > killedAfter + 1,
      2 * minute,
    );
    const address = window().page.url();
    await window().page.goto('about:blank');
    const closedAfter = await interruptedEpoch();
    expect(closedAfter).toBeGreaterThan(killedAfter);
    await window().page.goto(address);
    await openRun(closedAfter);
  },
  5 * minute,
);
