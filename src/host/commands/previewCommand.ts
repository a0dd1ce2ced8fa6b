import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { printable } from '../../core/printable';
import { sentence } from '../../core/sentence';
import { makeFolder, writeFileAtomic } from '../../store/atomicFile';
import type { DataSetService } from '../dataSets/dataSetService';
import { pathFrom } from '../runs/dataSetView';
import { askFirst } from '../say';
import { pickPixelFile } from './pickPixelFile';

/** "Digits: Preview Images", of what was clicked or else of a file that is picked. */
export async function previewCommand(
  dataSets: DataSetService,
  open: (uri: vscode.Uri) => Promise<void>,
  argument: unknown,
): Promise<void> {
  const elsewhere = argument === undefined ? activeElsewhere() : isElsewhere(argument) ? argument : undefined;
  if (elsewhere) {
    const copy = await copyToDisk(elsewhere);
    if (copy) await open(copy);
    return;
  }
  const file = pathFrom(argument) ?? (await pickPixelFile(dataSets));
  if (file !== undefined) await open(vscode.Uri.file(file));
}

/**
 * A file that is on no disk, such as an old revision of one, as a temporary file, which is written where the user agrees;
 * undefined where they don't. Throws `read-failed`.
 */
export async function copyToDisk(uri: vscode.Uri, ask = askFirst): Promise<vscode.Uri | undefined> {
  const name = nameOf(uri);
  const agree = 'Write and Show';
  const answer = await ask(
    `Write ${printable(name)} to a temporary file?`,
    'It is not on a disk, and Digits shows files that are.',
    agree,
  );
  if (answer !== agree) return undefined;
  const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, (error: unknown) => {
    throw new DigitsError(
      'read-failed',
      sentence`${printable(name)} could not be read; open it as text to see whether it is there.`,
      String(error),
    );
  });
  const place = createHash('sha256').update(uri.toString()).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `digits-preview-${os.userInfo().username}-${place}`);
  await makeFolder(folder);
  const file = path.join(folder, name);
  await writeFileAtomic(file, bytes);
  return vscode.Uri.file(file);
}

/** The file's name, with its revision where Git says one: "train (HEAD).csv". */
function nameOf(uri: vscode.Uri): string {
  const { name, ext } = path.posix.parse(uri.path);
  const revision = /"ref":"([^"]*)"/
    .exec(uri.query)?.[1]
    ?.replace(/[^\w.-]+/g, ' ')
    .trim();
  return revision === undefined || revision === '' ? `${name}${ext}` : `${name} (${revision})${ext}`;
}

function isElsewhere(argument: unknown): argument is vscode.Uri {
  return argument instanceof vscode.Uri && argument.scheme !== 'file';
}

/** The CSV in the active editor, where it is on no disk. */
function activeElsewhere(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText ? input.uri : undefined;
  return isElsewhere(uri) && uri.scheme !== 'untitled' && /\.csv$/i.test(uri.path) ? uri : undefined;
}
