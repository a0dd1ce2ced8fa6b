import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { copyToDisk } from '../../../src/host/commands/previewCommand';
import { saveFirst, tellUnsaved } from '../../../src/host/unsaved';
import { shownPath } from '../../../src/host/shownPath';
import { until } from './until';

/** Stands for the dialog: notes what is asked, and answers. */
function dialog(answer: string | undefined) {
  const asked: string[] = [];
  const ask = async (...words: string[]): Promise<string | undefined> => {
    asked.push(words.join(' | '));
    return answer;
  };
  return { asked, ask };
}

suite('a file with unsaved changes', () => {
  const file = (): string => path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'unsaved.csv');
  let document: vscode.TextDocument;

  setup(async () => {
    fs.writeFileSync(file(), 'label,pixel0\n1,0\n');
    document = await vscode.workspace.openTextDocument(file());
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.replace(new vscode.Range(1, 0, 1, 1), '7'));
    assert.ok(document.isDirty);
  });
  teardown(async () => {
    if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    fs.rmSync(file(), { force: true });
  });

  test('is asked about before it is read, and saved where that is wanted', async () => {
    const { asked, ask } = dialog('Save');
    assert.equal(await saveFirst([undefined, file()], ask), true);
    assert.match(asked.join('\n'), /^unsaved\.csv has unsaved changes\. Save them first\?/);
    assert.equal(fs.readFileSync(file(), 'utf8'), 'label,pixel0\n7,0\n');
    assert.equal(await saveFirst([file()], ask), true);
    assert.equal(asked.length, 1);
  });

  test('is read as it is on disk where that is wanted, and not at all without an answer', async () => {
    assert.equal(await saveFirst([file()], dialog('Use the File on Disk').ask), true);
    assert.equal(await saveFirst([file()], dialog(undefined).ask), false);
    assert.ok(document.isDirty);
  });

  test('is not asked about where another file is read', async () => {
    const { asked, ask } = dialog(undefined);
    assert.equal(await saveFirst([`${file()}.csv`], ask), true);
    assert.deepEqual(asked, []);
  });

  test('is said to be previewed without them', async () => {
    const { asked, ask } = dialog('Save');
    await tellUnsaved(document.uri, ask);
    assert.match(asked.join('\n'), /unsaved\.csv has unsaved changes, which its preview does not show/);
    assert.equal(document.isDirty, false);
    await tellUnsaved(document.uri, ask);
    assert.equal(asked.length, 1);
  });
});

suite('a file that is on no disk', () => {
  const content = 'label,pixel0\n3,255\n';
  const uri = vscode.Uri.from({
    scheme: 'old',
    path: '/data/train.csv',
    query: '{"path":"/data/train.csv","ref":"HEAD"}',
  });
  let provider: vscode.Disposable;
  suiteSetup(() => {
    const never = (): never => {
      throw new Error('read only');
    };
    provider = vscode.workspace.registerFileSystemProvider(
      'old',
      {
        onDidChangeFile: () => new vscode.Disposable(() => undefined),
        watch: () => new vscode.Disposable(() => undefined),
        stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length }),
        readFile: () => Buffer.from(content),
        readDirectory: () => [],
        createDirectory: never,
        writeFile: never,
        delete: never,
        rename: never,
      },
      { isReadonly: true },
    );
  });
  suiteTeardown(() => provider.dispose());

  test('is written to a temporary file where the user agrees, named by its revision', async () => {
    const { asked, ask } = dialog('Write and Show');
    const copy = await copyToDisk(uri, ask);
    assert.match(asked.join('\n'), /^Write train \(HEAD\)\.csv to a temporary file\?/);
    assert.equal(path.basename(copy!.fsPath), 'train (HEAD).csv');
    assert.equal(fs.readFileSync(copy!.fsPath, 'utf8'), content);
    await vscode.commands.executeCommand('digits.previewImages', copy);
    await until('its preview', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof vscode.TabInputCustom && input.uri.fsPath === copy!.fsPath),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    fs.rmSync(path.dirname(copy!.fsPath), { recursive: true });
  });

  test('is not written where they do not', async () => {
    assert.equal(await copyToDisk(uri, dialog(undefined).ask), undefined);
  });
});

suite('paths that people are told', () => {
  test('are those within the only folder', () => {
    const [folder] = vscode.workspace.workspaceFolders!;
    assert.equal(shownPath(path.join(folder!.uri.fsPath, 'train.csv')), 'train.csv');
    assert.equal(shownPath(folder!.uri), folder!.name);
    assert.equal(shownPath('/elsewhere/train.csv'), '/elsewhere/train.csv');
  });
});
