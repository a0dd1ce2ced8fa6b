import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { newRunConfig } from '../../../src/core/run/runConfig';
import { DataSetService } from '../../../src/host/dataSets/dataSetService';
import { Log } from '../../../src/host/log';
import { ChosenFiles } from '../../../src/host/runs/chosenFiles';
import { DataSetView } from '../../../src/host/runs/dataSetView';
import { RunService } from '../../../src/host/runs/runService';
import { RunsPlace } from '../../../src/host/runs/runsPlace';
import { RunWatcher } from '../../../src/host/runs/runWatcher';
import type { TrainingListener } from '../../../src/host/runs/trainingQueue';
import { runsFolder } from '../../../src/store/run/runPaths';
import { createRunFolder, dataFolderOf, readRun, writeRun } from '../../../src/store/run/runFolder';
import { runRecord } from '../../unit/support/runRecord';
import { until } from './until';

/** Remembers nothing. */
const memory: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

/** Follows one training. */
function following(onProgress: TrainingListener['onProgress'] = () => undefined): TrainingListener {
  return { onStarted: () => undefined, onProgress };
}

suite('another folder for runs while the window is open', () => {
  const folder = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const roots: string[] = [];
  let services: vscode.Disposable;
  let runs: RunService;
  let view: DataSetView;

  const nameRoot = (root: string | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('digits').update('runsFolder', root, vscode.ConfigurationTarget.Workspace);
  const listed = async (): Promise<readonly string[]> =>
    (await view.getChildren()).flatMap(node => (node.type === 'run' ? [node.run.id] : []));
  const train = (listener: TrainingListener): ReturnType<RunService['train']> =>
    runs.train(
      {
        trainFile: path.join(folder(), 'train.csv'),
        config: newRunConfig({ preset: 'quick', epochs: 1, engine: 'portable', limit: 100, overrides: {} }),
      },
      new vscode.CancellationTokenSource().token,
      listener,
    );

  suiteSetup(async () => {
    for (const name of ['one', 'two']) roots.push(fs.mkdtempSync(path.join(os.tmpdir(), `digits-runs-${name}-`)));
    const { extensionPath } = vscode.extensions.getExtension('digits.digits')!;
    const log = new Log();
    const dataSets = new DataSetService(memory, log);
    const watcher = new RunWatcher();
    const place = new RunsPlace();
    const bundle = path.join(extensionPath, 'dist', 'training.js');
    runs = new RunService(bundle, log, watcher.onDidChange, dataSets, new ChosenFiles(memory));
    view = new DataSetView(dataSets, runs);
    const following = place.follow(dataSets, () => watcher.followRoot());
    services = vscode.Disposable.from(following, view, runs, watcher, dataSets, log);
    await dataSets.refresh();
  });
  suiteTeardown(async () => {
    services.dispose();
    await nameRoot(undefined);
    await until('the setting to be as before', () => runsFolder(folder()).startsWith(folder()));
    for (const root of roots) fs.rmSync(root, { recursive: true, force: true });
  });

  test('the list shows the runs that are there, and follows those that come', async () => {
    await nameRoot(roots[0]);
    await until('the new folder', () => runsFolder(folder()).startsWith(roots[0]!));
    const before = await listed();
    let redrawn = 0;
    const heard = view.onDidChangeTreeData(() => redrawn++);
    try {
      await writeRun(await createRunFolder(folder(), 'there'), runRecord({ id: 'there' }));
      await until('the list to be drawn again', () => redrawn > 0);
      assert.deepEqual([...(await listed())].sort(), [...before, 'there'].sort());
      redrawn = 0;
      await nameRoot(roots[1]);
      await until('the list to be drawn again', () => redrawn > 0);
      assert.deepEqual(await listed(), before);
    } finally {
      heard.dispose();
    }
  });

  test('the next training goes there, one that waited as well, and one that runs ends where it began', async () => {
    await nameRoot(roots[0]);
    await until('the first folder', () => runsFolder(folder()).startsWith(roots[0]!));
    const first = train(following());
    let waits = false;
    const second = train(following(progress => (waits ||= progress === 'waiting')));
    await until('the second to wait', () => waits);
    await nameRoot(roots[1]);
    await until('the second folder', () => runsFolder(folder()).startsWith(roots[1]!));
    const ended = await Promise.all([first, second]);
    for (const [i, { runFolder }] of ended.entries()) {
      assert.ok(runFolder.startsWith(roots[i]!), runFolder);
      assert.equal((await readRun(runFolder)).status, 'done');
      // A panel of it finds its data.
      assert.equal(dataFolderOf(runFolder), folder());
    }
  }).timeout(180_000);
});
