import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { DataSet } from '../../store/dataSet/findDataSets';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { printable } from '../../core/printable';
import { bytes } from '../../core/text';
import type { RunService } from './runService';
import { folderName, type DataSetService } from '../dataSets/dataSetService';
import { runItem, type RunNode } from './runItem';

type Node =
  | { readonly type: 'dataSet'; readonly dataSet: DataSet }
  | { readonly type: 'file'; readonly file: string; readonly role: 'training' | 'test' | 'submission' }
  | { readonly type: 'problem'; readonly file: string; readonly message: string }
  | RunNode;

/** The view "Digits" in the Explorer: data sets, their files and their runs. */
export class DataSetView extends Disposable implements vscode.TreeDataProvider<Node> {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  private readonly dataSets: DataSetService;
  private readonly runs: RunService;

  constructor(dataSets: DataSetService, runs: RunService) {
    super();
    this.dataSets = dataSets;
    this.runs = runs;
    const redraw = (): void => this.changed.fire(undefined);
    this.register(dataSets.onDidChange(redraw));
    this.register(runs.onDidChangeRun(redraw));
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      const all = await this.dataSets.all();
      // One data set needs no level of its own.
      return all.length === 1 ? this.contents(all[0]!) : all.map(dataSet => ({ type: 'dataSet', dataSet }));
    }
    return node.type === 'dataSet' ? this.contents(node.dataSet) : [];
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    switch (node.type) {
      case 'dataSet': {
        const item = new vscode.TreeItem(folderName(node.dataSet), vscode.TreeItemCollapsibleState.Expanded);
        item.id = node.dataSet.folder;
        item.iconPath = new vscode.ThemeIcon('database');
        if (node.dataSet === this.dataSets.current) item.description = 'selected';
        item.contextValue = 'dataSet';
        return item;
      }
      case 'file': {
        const uri = vscode.Uri.file(node.file);
        const item = new vscode.TreeItem(path.basename(node.file));
        const size = await fs.stat(node.file).then(
          stats => bytes(stats.size),
          () => '',
        );
        item.resourceUri = uri;
        item.iconPath = new vscode.ThemeIcon(node.role === 'submission' ? 'checklist' : 'symbol-array');
        item.description = `${node.role === 'submission' ? 'predictions' : `${node.role} images`}, ${size}`;
        item.contextValue = node.role === 'submission' ? 'submission' : 'pixelFile';
        item.command =
          node.role === 'submission'
            ? { command: 'vscode.open', title: 'Open', arguments: [uri] }
            : { command: 'digits.previewImages', title: 'Preview Images', arguments: [uri] };
        return item;
      }
      case 'problem': {
        const item = new vscode.TreeItem(path.basename(node.file));
        item.iconPath = new vscode.ThemeIcon('warning');
        item.description = node.message;
        item.tooltip = node.message;
        item.command = { command: 'vscode.open', title: 'Open', arguments: [vscode.Uri.file(node.file)] };
        return item;
      }
      case 'run':
        return runItem(node);
    }
  }

  private async contents(dataSet: DataSet): Promise<Node[]> {
    const { folder, trainFile, testFile, problems } = dataSet;
    const submission = path.join(folder, 'submission.csv');
    const written = await fs.access(submission).then(
      () => true,
      () => false,
    );
    const runs = await Promise.all(
      (await this.runs.list(folder)).map(async found => ({
        type: 'run' as const,
        ...found,
        canResume: await this.runs.canResume(found.runFolder, found.run),
      })),
    );
    return [
      ...(trainFile === undefined ? [] : [{ type: 'file', file: trainFile, role: 'training' } as const]),
      ...(testFile === undefined ? [] : [{ type: 'file', file: testFile, role: 'test' } as const]),
      ...problems.map(problem => ({ type: 'problem', ...problem }) as const),
      ...(written ? [{ type: 'file', file: submission, role: 'submission' } as const] : []),
      ...runs,
    ];
  }
}

/** The argument that a command got from a click in the view, or from the Explorer: a path, a Uri or a node. Throws `read-failed` for a file that is on no disk. */
export function pathFrom(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (argument instanceof vscode.Uri) return requireOnDisk(argument).fsPath;
  const node = argument as Partial<Node> | undefined;
  if (node?.type === 'run' && 'runFolder' in node) return node.runFolder;
  if (node?.type === 'file' && 'file' in node) return node.file;
  if (node?.type === 'dataSet' && 'dataSet' in node) return node.dataSet?.folder;
  return undefined;
}

function requireOnDisk(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme === 'file') return uri;
  throw new DigitsError(
    'read-failed',
    sentence`Digits works with files that are on a disk, and ${printable(path.posix.basename(uri.path))} is not; copy it into a folder and open that.`,
  );
}
