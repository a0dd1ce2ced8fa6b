import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('activation', () => {
  test('a folder with train.csv activates Digits', async () => {
    const extension = vscode.extensions.getExtension('digits.digits');
    assert.ok(extension, 'the extension is not there');
    await extension.activate();
    assert.ok(extension.isActive);
  });

  test('its commands are there', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const command of ['digits.previewImages', 'digits.train', 'digits.writeSubmission']) {
      assert.ok(commands.includes(command), `${command} is missing`);
    }
  });
});
