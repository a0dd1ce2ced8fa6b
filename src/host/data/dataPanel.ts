import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { readableFiles } from '../../core/data/dataFacts';
import type { FileRole } from '../../core/data/duplicates';
import type { DataFile } from '../../core/data/dataFacts';
import { DigitsError, fromErrorData } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { DataPanelHost, DataPanelState, DataPanelView, DataWork } from '../../protocol/dataPanel';
import { Rpc } from '../../protocol/rpc';
import { folderName, type DataSetService } from '../dataSets/dataSetService';
import { checkedDataPanel } from './checkedDataPanel';
import { webviewHtml, webviewOptions } from '../webview/webviewHtml';
import { webviewPort } from '../webview/webviewPort';
import { DataReading } from './dataReading';

/** What a panel has others do. */
export interface DataPanelActions {
  preview(file: vscode.Uri): void;
  revealInPreview(file: vscode.Uri, row: number): void;
  showLog(): void;
  /** Writes an error to the log and shows nothing: the page has shown it. */
  logError(error: unknown): void;
}

/** What all panels work with. */
export interface DataPanelContext {
  readonly extensionUri: vscode.Uri;
  readonly dataSets: DataSetService;
  /** The bundle of dataFactsWorker.ts. */
  readonly script: string;
  readonly actions: DataPanelActions;
}

/**
 * The page of one data set. It keeps what was found out about the files as long as it is open, and writes nothing to
 * disk. The webview panel outlives it: a reloaded window restores it.
 */
export class DataPanel extends Disposable {
  readonly folder: string;
  private readonly panel: vscode.WebviewPanel;
  private readonly context: DataPanelContext;
  private readonly rpc: Rpc<DataPanelHost, DataPanelView>;
  /** What is read or was read last. */
  private reading: Promise<DataReading> | undefined;

  constructor(folder: string, panel: vscode.WebviewPanel, context: DataPanelContext) {
    super();
    this.folder = folder;
    this.panel = panel;
    this.context = context;
    const { actions } = context;
    panel.webview.options = webviewOptions(context.extensionUri);
    this.rpc = new Rpc<DataPanelHost, DataPanelView>(
      webviewPort(panel, subscription => this.register(subscription)),
      checkedDataPanel({
        ready: () => this.state(),
        reload: () => this.reload(),
        cancel: () =>
          void this.reading?.then(
            reading => reading.cancel(),
            () => undefined,
          ),
        preview: async role => actions.preview(vscode.Uri.file((await this.fileOf(role)).path)),
        revealRow: ({ role, row }) => this.revealRow(role, row),
        revealLine: ({ role, line }) => this.revealLine(role, line),
        showLog: () => actions.showLog(),
        logError: error => actions.logError(fromErrorData(error)),
      }),
      { onError: error => actions.logError(error) },
    );
    this.register({ dispose: () => this.end() });
    this.register({ dispose: () => this.rpc.close() });
    this.register(context.dataSets.onDidChange(() => void this.compare()));
    this.register(panel.onDidDispose(() => this.dispose()));
    panel.webview.html = webviewHtml(panel.webview, context.extensionUri, 'data', 'Digits Data');
  }

  show(): void {
    this.panel.reveal();
  }

  private async state(): Promise<DataPanelState> {
    const opening = (this.reading ??= this.begin());
    try {
      const reading = await opening;
      const dataSet = await this.context.dataSets.of(this.folder);
      const changed = await reading.changes(dataSet);
      const problems = (dataSet?.problems ?? []).map(({ message }) => message);
      return {
        folder: this.folder,
        name: folderName(this),
        files: reading.heads,
        problems,
        work: reading.work,
        changed,
      };
    } catch (error) {
      // Asked again, it looks again.
      if (this.reading === opening) this.reading = undefined;
      throw error;
    }
  }

  private async reload(): Promise<DataPanelState> {
    await this.context.dataSets.refresh();
    this.end();
    return this.state();
  }

  private async begin(): Promise<DataReading> {
    const dataSet = await this.context.dataSets.of(this.folder);
    const found = dataSet?.trainFile ?? dataSet?.testFile;
    if (!dataSet || found === undefined) {
      const [problem] = dataSet?.problems ?? [];
      throw problem
        ? new DigitsError(problem.code, problem.message)
        : new DigitsError(
            'no-data',
            sentence`There is no data set in ${this.folder} any more; put its files there and try again.`,
          );
    }
    if (this.isDisposed) throw new DigitsError('cancelled', sentence`The page was closed.`);
    this.panel.title = `Data: ${folderName(this)}`;
    const reading: DataReading = await DataReading.begin(this.context.script, dataSet, {
      // Of one that was overtaken by the next nothing is told.
      worked: work => void this.tell(reading, work),
      failed: error => this.context.actions.logError(error),
    });
    // Closed meanwhile: nobody else ends it.
    if (this.isDisposed) reading.cancel();
    return reading;
  }

  private async tell(reading: DataReading, work: DataWork): Promise<void> {
    if ((await this.reading) !== reading) return;
    if (work.type === 'reading') this.rpc.notify('progress', work.progress);
    else this.rpc.notify('work', work);
  }

  /** Ends the reading that is under way. */
  private end(): void {
    this.reading?.then(
      reading => reading.cancel(),
      () => undefined,
    );
    this.reading = undefined;
  }

  /** Tells the page which files are no longer what it shows. */
  private async compare(): Promise<void> {
    const opening = this.reading;
    const reading = await opening?.catch(() => undefined);
    if (!reading) return;
    const changed = await reading.changes(await this.context.dataSets.of(this.folder));
    if (opening === this.reading) this.rpc.notify('changed', changed);
  }

  private async revealRow(role: FileRole, row: number): Promise<void> {
    const { path: file } = await this.unchanged(role);
    this.context.actions.revealInPreview(vscode.Uri.file(file), rowWithin(row, await this.rowsOf(role)));
  }

  private async revealLine(role: FileRole, line: number): Promise<void> {
    const { path: file } = await this.unchanged(role);
    const at = line - 1;
    // Files over 50 MB have no document in the extension host, but VS Code has an editor for them.
    const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, 0, at, 0) };
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'default', options);
  }

  /** A file that is still what was read: otherwise its rows are others. */
  private async unchanged(role: FileRole): Promise<DataFile> {
    const file = await this.fileOf(role);
    const changed = await (await this.reading)?.changes(await this.context.dataSets.of(this.folder));
    const name = path.basename(file.path);
    const change = changed?.find(other => other.name === name)?.change;
    if (!changed || change === undefined) return file;
    this.rpc.notify('changed', changed);
    if (change === 'gone')
      throw new DigitsError('mismatch', sentence`${name} was deleted or moved; put it back and try again.`);
    throw new DigitsError(
      'mismatch',
      sentence`${name} has changed since it was read, so its rows may be others now; reload the page.`,
    );
  }

  private async fileOf(role: FileRole): Promise<DataFile> {
    const file = (await this.reading)?.files.find(known => known.role === role);
    if (!file)
      throw new DigitsError('read-failed', sentence`This file is no longer part of the data set; reload the page.`);
    return file;
  }

  private async rowsOf(role: FileRole): Promise<number> {
    const work = (await this.reading)?.work;
    const facts = work?.type === 'done' ? readableFiles(work.facts) : [];
    return facts.find(file => file.role === role)?.rows ?? 0;
  }
}

/** A row of a file that has so many. */
function rowWithin(row: number, most: number): number {
  if (row <= most) return row;
  throw new DigitsError(
    'internal',
    sentence`The page asked for a row that there is not; reload it, and see the log when it happens again.`,
  );
}
