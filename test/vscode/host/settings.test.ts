import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readEngine, readOverrides, settingProblems } from '../../../src/host/settings';

suite('settings that can not be', () => {
  const uri = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
  const set = (key: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('digits').update(key, value, vscode.ConfigurationTarget.Workspace);
  const told = (): string =>
    settingProblems()
      .map(({ message }) => message)
      .join('\n');

  for (const [key, value] of [
    ['engine', 'cuda'],
    ['engine', 3],
    ['trainOnAllRows', 'true'],
    ['presetValues', 'learningRate'],
    ['presetValues', { learningRate: 'much' }],
    ['trainFiles', 'mine.csv'],
    ['testFiles', [5]],
    ['runsFolder', 'runs'],
  ] as const) {
    test(`${key} of ${JSON.stringify(value)} is named`, async () => {
      await set(key, value);
      try {
        const [first, ...others] = settingProblems();
        assert.equal(first?.setting, `digits.${key}`);
        assert.match(first.message, new RegExp(`"digits.${key}"`));
        assert.deepEqual(others, []);
      } finally {
        await set(key, undefined);
      }
      assert.equal(told(), '');
    });
  }

  test('a training is refused where its values can not be, and uses the automatic engine', async () => {
    await set('engine', 'cuda');
    await set('trainOnAllRows', 'yes');
    try {
      assert.equal(readEngine(uri()), 'auto');
      assert.throws(() => readOverrides(uri()), /"digits.trainOnAllRows" is "yes", and it takes true or false/);
    } finally {
      await set('engine', undefined);
      await set('trainOnAllRows', undefined);
    }
  });
});
