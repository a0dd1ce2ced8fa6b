import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { accept, runsIn } from './trainings';
import { until } from './until';

const folder = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(group => group.tabs);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

suite('the main job', () => {
  test('a CSV opens as text unless the preview is asked for', async () => {
    const uri = vscode.Uri.file(path.join(folder(), 'train.csv'));
    await vscode.commands.executeCommand('vscode.open', uri);
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputText);

    await vscode.commands.executeCommand('digits.previewImages', uri);
    const input = await until('the preview', () =>
      tabs()
        .map(tab => tab.input)
        .find(candidate => candidate instanceof vscode.TabInputCustom),
    );
    assert.equal(input.viewType, 'digits.preview');
    assert.equal(input.uri.fsPath, uri.fsPath);
  });

  test('a training runs in a process of its own, without a debugger port, and leaves no process behind', async () => {
    void vscode.commands.executeCommand('digits.train');
    await accept(() => runsIn(folder()).length > 0);
    const { pid } = runsIn(folder())[0]!;
    assert.notEqual(pid, process.pid);
    assert.ok(isAlive(pid));
    if (process.platform === 'linux') assert.doesNotMatch(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'), /--inspect/);

    const panel = await until('the run panel', () =>
      tabs().find(tab => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.includes('digits.run')),
    );
    await until(
      'its title',
      () => panel.label.startsWith('Run: balanced') || tabs().some(tab => tab.label.startsWith('Run: balanced')),
    );
    await until('the end of the training', () => runsIn(folder())[0]!.status === 'done', 120_000);
    await until('the end of its process', () => !isAlive(pid));
  }).timeout(240_000);

  test('a submission has a line for each row of the test file', async () => {
    void vscode.commands.executeCommand('digits.writeSubmission');
    const file = path.join(folder(), 'submission.csv');
    await until('the submission', () => fs.existsSync(file), 60_000);
    const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    const rows = fs.readFileSync(path.join(folder(), 'test.csv'), 'utf8').trimEnd().split('\n').length - 1;
    assert.equal(lines.length, rows + 1);
    assert.match(lines[1]!, /^1,\d$/);
    await until('its editor', () =>
      vscode.window.visibleTextEditors.some(editor => editor.document.uri.fsPath === file),
    );
  }).timeout(120_000);
});
