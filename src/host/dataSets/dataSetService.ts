import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { readFormat } from '../../store/pixelFile/openPixelFile';
import { recogniseDataSet, type DataSet } from '../../store/dataSet/findDataSets';
import {
  DEFAULT_NAMES,
  groupDataSets,
  isCandidate,
  type CandidateFiles,
  type DataSetNames,
} from '../../store/dataSet/groupDataSets';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { escapeIcons } from '../../core/printable';
import type { Log } from '../log';
import { readFileNames } from '../settings';
import { shownPath } from '../shownPath';

const currentKey = 'digits.dataSet';
const csvFiles = '**/*.{csv,CSV,Csv}';
const excluded = '**/{node_modules,.git,.digits}/**';

/** The data sets of the workspace: finds them, follows their files, and knows which one the user works with. */
export class DataSetService extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  /** Another list, other files, or another current data set. */
  readonly onDidChange = this.changed.event;
  private readonly memory: vscode.Memento;
  private readonly log: Log;
  private found: readonly DataSet[] = [];
  private search: Promise<void>;
  private timer: NodeJS.Timeout | undefined;

  constructor(memory: vscode.Memento, log: Log) {
    super();
    this.memory = memory;
    this.log = log;
    // All files and then by name: a glob knows no "ignore case", and a folder that goes tells nothing of its files.
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const refreshFor = (uri: vscode.Uri): void => {
      if (this.concerns(uri.fsPath)) this.refreshSoon();
    };
    this.register({ dispose: () => clearTimeout(this.timer) });
    this.register(watcher);
    this.register(watcher.onDidCreate(refreshFor));
    this.register(watcher.onDidChange(refreshFor));
    this.register(watcher.onDidDelete(refreshFor));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.refreshSoon()));
    this.register(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('digits.trainFiles') || event.affectsConfiguration('digits.testFiles'))
          this.refreshSoon();
      }),
    );
    this.search = this.find();
    this.search.catch(error => log.report(error));
  }

  /** All data sets, by folder, once the first search ended; those with no usable file, but with problems to tell, included. */
  async all(): Promise<readonly DataSet[]> {
    await this.search.catch(() => undefined);
    return this.found;
  }

  /** Those found so far that have a training or a test file. */
  get usable(): readonly DataSet[] {
    return this.found.filter(({ trainFile, testFile }) => trainFile !== undefined || testFile !== undefined);
  }

  /** The data set that commands work with; undefined when there are several and none was chosen yet. */
  get current(): DataSet | undefined {
    const { usable } = this;
    return (
      usable.find(({ folder }) => folder === this.memory.get(currentKey)) ??
      (usable.length === 1 ? usable[0] : undefined)
    );
  }

  /** Looks for data sets again. */
  refresh(): Promise<void> {
    // A search that failed must not end the later ones.
    this.search = this.search.catch(() => undefined).then(() => this.find());
    return this.search;
  }

  /** The current data set; asks, and remembers the answer, when there are several. Throws `no-data` when there is none. */
  async choose(askAnyway = false): Promise<DataSet | undefined> {
    await this.refresh();
    if (this.usable.length === 0) throw this.nothingFound();
    if (!askAnyway && this.current) return this.current;
    const items = this.usable.map(dataSet => ({
      label: escapeIcons(folderName(dataSet)),
      description: escapeIcons(
        [dataSet.trainFile, dataSet.testFile]
          .filter(file => file !== undefined)
          .map(file => path.basename(file))
          .join(', '),
      ),
      dataSet,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Select Data Set',
      placeHolder: 'Choose the data set to work with; Digits remembers it',
    });
    if (!picked) return undefined;
    await this.memory.update(currentKey, picked.dataSet.folder);
    this.changed.fire();
    return picked.dataSet;
  }

  /**
   * The training file of the data set in `folder`, or of the chosen one; undefined when the choice was cancelled. Throws
   * with the reason when there is none.
   */
  async trainFile(folder?: string): Promise<string | undefined> {
    const dataSet = folder === undefined ? await this.choose() : await this.of(folder);
    if (folder === undefined && !dataSet) return undefined;
    return dataSet?.trainFile ?? this.missing('train', dataSet, folder ?? '');
  }

  /** The test file of the data set in a folder. Throws with the reason when there is none. */
  async requireTestFile(folder: string): Promise<string> {
    const dataSet = await this.of(folder);
    return dataSet?.testFile ?? this.missing('test', dataSet, folder);
  }

  /** The data set in a folder. */
  async of(folder: string): Promise<DataSet | undefined> {
    return (await this.all()).find(dataSet => dataSet.folder === folder);
  }

  /** The pixel CSVs of the workspace that have labels, under whatever name, and the side of their images. */
  async labelledFiles(): Promise<readonly { readonly file: string; readonly side: number }[]> {
    const uris = await vscode.workspace.findFiles(csvFiles, excluded, 500);
    const files = uris
      .filter(uri => uri.scheme === 'file')
      .map(uri => uri.fsPath)
      .sort();
    const formats = await Promise.all(files.map(file => readFormat(file).catch(() => undefined)));
    return files.flatMap((file, i) => (formats[i]?.kind === 'train' ? [{ file, side: formats[i].side }] : []));
  }

  private async find(): Promise<void> {
    const candidates = await Promise.all(
      (vscode.workspace.workspaceFolders ?? []).map(async folder => {
        const files = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, csvFiles), excluded);
        // A folder within another one's is that one's own.
        const own = files.filter(uri => uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) === folder);
        return withoutLinked(
          folder.uri.fsPath,
          groupDataSets(
            own.map(uri => uri.fsPath),
            namesFor(folder),
          ),
        );
      }),
    );
    this.found = await Promise.all(candidates.flat().map(recogniseDataSet));
    this.changed.fire();
  }

  /** Once for many changes in a row, as when an archive is unpacked. */
  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.log.guard(() => this.refresh())(), 300);
  }

  /** A file that may belong to a data set, a folder that one is or was in, or a run's folder. */
  private concerns(file: string): boolean {
    if (path.basename(file) === 'submission.csv') return true;
    if (isCandidate(file, namesFor(vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))))) return true;
    return this.found.some(
      ({ folder }) =>
        `${folder}${path.sep}`.startsWith(file + path.sep) ||
        (file.startsWith(path.join(folder, '.digits')) && path.extname(file) === ''),
    );
  }

  private missing(role: 'train' | 'test', dataSet: DataSet | undefined, folder: string): never {
    const problem = dataSet?.problems.find(found => found.role === role);
    if (problem) throw new DigitsError(problem.code, problem.message);
    const place = dataSet?.folder ?? folder;
    const names = namesFor(vscode.workspace.getWorkspaceFolder(vscode.Uri.file(place)))[`${role}Files`].join(' or ');
    throw role === 'train'
      ? new DigitsError(
          'no-data',
          sentence`There is no ${names} in ${place}; put the file with the labelled images there and try again.`,
        )
      : new DigitsError(
          'no-test',
          sentence`There is no ${names} in ${place}; put the file with the images to predict there and try again.`,
        );
  }

  private nothingFound(): DigitsError {
    const problem = this.found.flatMap(dataSet => dataSet.problems)[0];
    if (problem) return new DigitsError(problem.code, problem.message);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const { trainFiles, testFiles } = namesFor(folder);
    const names = [...trainFiles, ...testFiles].join(' or ');
    if (!folder) return new DigitsError('no-data', sentence`No folder is open; open the one with ${names}.`);
    return new DigitsError(
      'no-data',
      sentence`No ${names} was found in ${vscode.workspace.name ?? folder.name}; put the files of the data set into the folder, or name yours in the settings "digits.trainFiles" and "digits.testFiles".`,
    );
  }
}

/** Without the folders that are reached by a link: Digits writes beside the data, and so it would write elsewhere. A file may be one. */
async function withoutLinked(root: string, found: readonly CandidateFiles[]): Promise<readonly CandidateFiles[]> {
  const home = await realpath(root);
  const isOwn = await Promise.all(
    found.map(
      async ({ folder }) =>
        path.resolve(home, path.relative(root, folder)) === (await realpath(folder).catch(() => undefined)),
    ),
  );
  return found.filter((_, i) => isOwn[i]);
}

/** The names that the settings of a workspace folder give to data files. */
function namesFor(folder: vscode.WorkspaceFolder | undefined): DataSetNames {
  const read = (key: keyof DataSetNames): readonly string[] => readFileNames(key, folder, DEFAULT_NAMES[key]);
  return { trainFiles: read('trainFiles'), testFiles: read('testFiles') };
}

/** How a data set is called: its folder within the workspace. */
export function folderName({ folder }: Pick<DataSet, 'folder'>): string {
  return shownPath(folder);
}
