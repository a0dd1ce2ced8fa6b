import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { isFullRun } from '../../fullRun';
import { stressCount } from '../../stressCount';
import { footprint, type Footprint } from './footprint';
import { note } from './note';
import { accept, runsIn } from './trainings';
import { until } from './until';

// A long day in one window: what was opened and trained must leave nothing behind in the extension host.

const trainings = stressCount(4, 50);
const openings = stressCount(4, 50);
/** Bytes left by a round that are taken for VS Code's own, and those of buffers; the predictions of a training's validation set are a buffer of 1.4 million. */
const most = { bytes: stressCount(500_000, 100_000), buffers: stressCount(200_000, 50_000) };
/** Images of the data set, half of them set aside. */
const images = 60_000;

const root = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
const folder = (): string => path.join(root(), 'soak');
const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(group => group.tabs);
const isView = ({ input }: vscode.Tab): boolean =>
  input instanceof vscode.TabInputCustom ||
  (input instanceof vscode.TabInputWebview && input.viewType.includes('digits.'));

suite('a long day', () => {
  let before: Footprint;
  suiteSetup(async function () {
    this.timeout(5 * 60_000);
    if (process.platform !== 'linux' || !isFullRun) this.skip();
    fs.mkdirSync(path.join(folder(), '.vscode'), { recursive: true });
    fs.writeFileSync(path.join(folder(), 'train.csv'), smallImages());
    await vscode.workspace
      .getConfiguration('digits')
      .update('presetValues', { validationShare: 0.5, batchSize: 512 }, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('digits.refresh');
    await closeAll();
    // The first ones load code and fill caches.
    await trainOnce();
    await openViews();
    before = await settled();
  });
  suiteTeardown(() =>
    vscode.workspace.getConfiguration('digits').update('presetValues', undefined, vscode.ConfigurationTarget.Workspace),
  );

  test(`${trainings} trainings leave no memory, handle, thread or process behind`, async () => {
    const held = await repeat(trainings, trainOnce);
    const after = await settled(before);
    expectSame(before, after, held, 'training');
    before = after;
  }).timeout(60 * 60_000);

  test(`${openings} previews and data pages, opened and closed, leave none either`, async () => {
    const held = await repeat(openings, openViews);
    expectSame(before, await settled(before), held, 'opening of preview and data page');
  }).timeout(60 * 60_000);
});

/** What is held after each round. */
async function repeat(rounds: number, work: () => Promise<void>): Promise<readonly Footprint[]> {
  const held: Footprint[] = [];
  for (let round = 0; round < rounds; round++) {
    await work();
    // What was sent to the window is kept until the window has acknowledged it.
    await new Promise(resolve => setTimeout(resolve, 3000));
    held.push(await footprint());
  }
  return held;
}

/** Trains as a user does, looks at the panel of the run, and closes it with the notification. */
async function trainOnce(): Promise<void> {
  const before = runsIn(folder()).length;
  const asked = vscode.commands.executeCommand('digits.train', vscode.Uri.file(folder()));
  if (!runsIn(folder()).some(({ config }) => config.preset === 'quick')) await choose('quick');
  await accept(() => runsIn(folder()).length > before);
  const panel = await until('the run panel', () =>
    tabs().find(tab => isView(tab) && tab.label.startsWith('Run: quick')),
  );
  await until('the end of the training', () => runsIn(folder()).every(({ status }) => status === 'done'), 120_000);
  // The panel shows the result.
  await new Promise(resolve => setTimeout(resolve, 500));
  await vscode.window.tabGroups.close(panel);
  await until('the last word of the training', async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    return Promise.race([asked.then(() => true), new Promise<false>(resolve => setTimeout(() => resolve(false), 200))]);
  });
}

/** Moves down from the preset that is offered first. */
async function choose(preset: string): Promise<void> {
  assert.equal(preset, 'quick');
  await new Promise(resolve => setTimeout(resolve, 1500));
  await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
}

/** Opens a preview and the data page of a file that was written since it was opened before, and closes them. */
async function openViews(): Promise<void> {
  const file = path.join(folder(), 'train.csv');
  fs.utimesSync(file, new Date(), new Date());
  await vscode.commands.executeCommand('digits.previewImages', vscode.Uri.file(file));
  await vscode.commands.executeCommand('digits.showData', vscode.Uri.file(folder()));
  await until('both views', () => tabs().filter(isView).length === 2);
  await new Promise(resolve => setTimeout(resolve, 1000));
  await closeAll();
}

async function closeAll(): Promise<void> {
  await vscode.window.tabGroups.close(tabs());
  await until('no view', () => tabs().length === 0);
}

/** What is held once all is closed that stays a while, as files do for some seconds: as little as `before`, where that comes true. */
async function settled(before?: Footprint): Promise<Footprint> {
  await new Promise(resolve => setTimeout(resolve, 6000));
  for (const end = Date.now() + 20_000; ;) {
    const now = await footprint();
    if (!before || isAsFew(now, before) || Date.now() > end) return now;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

function isAsFew(now: Footprint, before: Footprint): boolean {
  return (
    now.handles.length <= before.handles.length && now.threads <= before.threads && now.children <= before.children
  );
}

function expectSame(before: Footprint, after: Footprint, held: readonly Footprint[], what: string): void {
  const left = { bytes: rise(held.map(({ bytes }) => bytes)), buffers: rise(held.map(({ buffers }) => buffers)) };
  note(
    `stress: ${held.length} times ${what}: ${Math.round(left.bytes).toLocaleString('en')} bytes left by each, ${Math.round(left.buffers).toLocaleString('en')} of them in buffers; ${after.handles.length} handles (${before.handles.length} before), ${after.threads} threads (${before.threads}), ${after.children} processes (${before.children})`,
  );
  const others = after.handles.filter(
    (handle, at) => after.handles.indexOf(handle) === at && count(after, handle) > count(before, handle),
  );
  assert.ok(
    isAsFew(after, before),
    `${after.handles.length} handles, ${after.threads} threads and ${after.children} processes, where there were ${before.handles.length}, ${before.threads} and ${before.children}; more of: ${others.join(', ')}`,
  );
  for (const kind of ['bytes', 'buffers'] as const)
    assert.ok(
      left[kind] < most[kind],
      `each ${what} leaves ${Math.round(left[kind])} bytes behind (${kind}: ${held.map(one => one[kind]).join(', ')})`,
    );
}

/** By how much each round raises what is held: from the least of the first half to that of the second, for what is held for a moment only adds. */
function rise(bytes: readonly number[]): number {
  const half = bytes.length >> 1;
  return (Math.min(...bytes.slice(half)) - Math.min(...bytes.slice(0, half))) / half;
}

function count({ handles }: Footprint, handle: string): number {
  return handles.filter(other => other === handle).length;
}

/** A data set of images of 8x8 pixels that is learned in seconds. */
function smallImages(): string {
  const header = ['label', ...Array.from({ length: 64 }, (_, at) => `pixel${at}`)].join(',');
  const rows = Array.from({ length: images }, (_, row) =>
    [
      row % 10,
      ...Array.from({ length: 64 }, (_, at) => ((at * 7 + row * 13) % 10 === row % 10 ? 255 : (at * row) % 50)),
    ].join(','),
  );
  return `${header}\n${rows.join('\n')}\n`;
}
