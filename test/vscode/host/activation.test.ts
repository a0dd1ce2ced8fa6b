import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until';

suite('activation', () => {
  test('a folder with train.csv activates Digits by itself', async () => {
    const extension = vscode.extensions.getExtension('digits.digits');
    assert.ok(extension, 'the extension is not there');
    await until('activation', () => extension.isActive);
  });

  test('its commands are there', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const command of [
      'previewImages',
      'previewRow',
      'reopenAsText',
      'showData',
      'train',
      'resume',
      'checkEngine',
      'writeSubmission',
      'evaluate',
      'exportModel',
      'openRun',
      'compareRuns',
      'renameRun',
      'deleteRun',
      'openRunFolder',
      'selectDataSet',
      'showLog',
    ]) {
      assert.ok(commands.includes(`digits.${command}`), `${command} is missing`);
    }
  });
});
