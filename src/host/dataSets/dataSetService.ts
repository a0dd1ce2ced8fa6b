import path from 'node:path';
import * as vscode from 'vscode';
import { measureFile } from '../../core/csv/measureFile';
import { recogniseDataSet, type DataSet } from '../../core/data/findDataSets';
import { groupDataSets, type DataSetNames } from '../../core/data/groupDataSets';
import { DigitsError } from '../../core/errors';

const currentKey = 'digits.dataSet';
const excluded = '**/{node_modules,.git,.digits}/**';

/** The data sets of the workspace: finds them, follows their files, and knows which one the user works with. */
export class DataSetService implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another list, or another current data set. */
  readonly onDidChange = this.changed.event;
  private readonly memory: vscode.Memento;
  private readonly subscriptions: vscode.Disposable[] = [];
  private watchers: vscode.Disposable[] = [];
  private found: readonly DataSet[] = [];
  private search: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
    this.watch();
    this.subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refreshSoon()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (!event.affectsConfiguration('digits.trainFiles') && !event.affectsConfiguration('digits.testFiles')) return;
        this.watch();
        this.refreshSoon();
      }),
    );
  }

  /** All data sets, by folder; those with no usable file, but with problems to tell, included. */
  get all(): readonly DataSet[] {
    return this.found;
  }

  /** The data set that commands work with; undefined when there are several and none was chosen yet. */
  get current(): DataSet | undefined {
    const usable = this.usable;
    return usable.find(({ folder }) => folder === this.memory.get(currentKey)) ?? (usable.length === 1 ? usable[0] : undefined);
  }

  /** Looks for data sets again. */
  refresh(): Promise<void> {
    this.search = this.search.then(() => this.find());
    return this.search;
  }

  /** The current data set; asks, and remembers the answer, when there are several. Throws `no-data` when there is none. */
  async choose(askAnyway = false): Promise<DataSet | undefined> {
    await this.refresh();
    if (this.usable.length === 0) throw this.nothingFound();
    if (!askAnyway && this.current) return this.current;
    const items = this.usable.map(dataSet => ({
      label: folderName(dataSet),
      description: [dataSet.trainFile, dataSet.testFile].filter(file => file !== undefined).map(file => path.basename(file)).join(', '),
      dataSet,
    }));
    const picked = await vscode.window.showQuickPick(items, { title: 'Select Data Set', placeHolder: 'Choose the data set to work with; Digits remembers it' });
    if (!picked) return undefined;
    await this.setCurrent(picked.dataSet.folder);
    return picked.dataSet;
  }

  async setCurrent(folder: string): Promise<void> {
    await this.memory.update(currentKey, folder);
    this.changed.fire();
  }

  /** The training file of the chosen data set; undefined when the choice was cancelled. */
  async chooseTrainFile(): Promise<string | undefined> {
    const dataSet = await this.choose();
    if (!dataSet) return undefined;
    if (dataSet.trainFile !== undefined) return dataSet.trainFile;
    const [problem] = dataSet.problems;
    if (problem) throw new DigitsError(problem.code, problem.message);
    throw new DigitsError('no-data', `There is no ${this.names().trainFiles.join(' or ')} in ${dataSet.folder}; put the file with the labelled images there and try again.`);
  }

  testFileOf(folder: string): string | undefined {
    return this.of(folder)?.testFile;
  }

  sampleFileOf(folder: string): string | undefined {
    return this.of(folder)?.sampleSubmission;
  }

  /** The side of a file's images and about how many rows it has. */
  measure(file: string): Promise<{ readonly rows: number; readonly side: number }> {
    return measureFile(file);
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions, ...this.watchers).dispose();
    this.changed.dispose();
  }

  private get usable(): readonly DataSet[] {
    return this.found.filter(({ trainFile, testFile }) => trainFile !== undefined || testFile !== undefined);
  }

  private of(folder: string): DataSet | undefined {
    return this.found.find(dataSet => dataSet.folder === folder);
  }

  private names(): DataSetNames {
    const settings = vscode.workspace.getConfiguration('digits');
    return { trainFiles: settings.get<string[]>('trainFiles', ['train.csv']), testFiles: settings.get<string[]>('testFiles', ['test.csv']) };
  }

  private async find(): Promise<void> {
    const names = this.names();
    // A glob knows no "ignore case": all CSV files, then by name.
    const files = await vscode.workspace.findFiles('**/*.{csv,CSV,Csv}', excluded);
    const paths = files.filter(uri => uri.scheme === 'file').map(uri => uri.fsPath);
    this.found = await Promise.all(groupDataSets(paths, names).map(recogniseDataSet));
    this.changed.fire();
  }

  /** Once for many changes in a row, as when an archive is unpacked. */
  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), 300);
  }

  private watch(): void {
    vscode.Disposable.from(...this.watchers).dispose();
    const { trainFiles, testFiles } = this.names();
    this.watchers = [...trainFiles, ...testFiles, 'sample_submission.csv', 'submission.csv'].map(name => {
      const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`);
      const soon = (): void => this.refreshSoon();
      return vscode.Disposable.from(watcher, watcher.onDidCreate(soon), watcher.onDidChange(soon), watcher.onDidDelete(soon));
    });
  }

  private nothingFound(): DigitsError {
    const problem = this.found.flatMap(dataSet => dataSet.problems)[0];
    if (problem) return new DigitsError(problem.code, problem.message);
    const { trainFiles, testFiles } = this.names();
    const names = [...trainFiles, ...testFiles].join(' or ');
    if (!vscode.workspace.workspaceFolders?.length) return new DigitsError('no-data', `No folder is open; open the one with ${names}.`);
    return new DigitsError('no-data', `No ${names} was found in ${vscode.workspace.name ?? 'this workspace'}; put the files of the data set into the folder, or name yours in the settings "digits.trainFiles" and "digits.testFiles".`);
  }
}

/** How a data set is called: its folder within the workspace. */
export function folderName({ folder }: DataSet): string {
  const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder));
  if (root?.uri.fsPath === folder) return root.name;
  return vscode.workspace.asRelativePath(folder);
}
