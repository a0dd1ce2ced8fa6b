import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { inWindowLanguage } from '../log';
import { DigitsError, fromErrorData } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fullInk } from '../../core/data/fullInk';
import type { PreviewHost, PreviewState, PreviewView } from '../../protocol/previewPanel';
import { Rpc } from '../../protocol/rpc';
import { checkedPreview } from './checkedPreview';
import { webviewHtml, webviewOptions } from '../webview/webviewHtml';
import { webviewPort } from '../webview/webviewPort';
import type { FilePredictions } from './filePredictions';
import { PreviewInspector, type PreviewInspecting } from './previewInspector';
import { fileChange } from '../pixelFiles/fileStamp';
import type { PixelFiles, PixelFileShare } from '../pixelFiles/pixelFiles';
import { PreviewFilters } from './previewFilters';

/** A file that is written comes in pieces; after this long without one it is looked at, in ms. */
const SETTLED = 300;

/** What a preview needs of its editor. */
export interface PreviewContext {
  readonly extensionUri: vscode.Uri;
  readonly files: PixelFiles;
  readonly inspecting: PreviewInspecting;
  readonly predictions: FilePredictions;
  /** Takes the row that somebody asked to see in this file, once. */
  takeReveal(): number | undefined;
  showLog(): void;
  /** Writes an error to the log and shows nothing: the preview has shown it. */
  logError(error: unknown): void;
}

/** One preview of a file: a webview, and the share in the file while it is visible. */
export class PreviewPanel extends Disposable {
  readonly uri: vscode.Uri;
  private readonly panel: vscode.WebviewPanel;
  private readonly context: PreviewContext;
  private readonly rpc: Rpc<PreviewHost, PreviewView>;
  private readonly inspector: PreviewInspector;
  private readonly filters: PreviewFilters;
  private share: PixelFileShare | undefined;
  private shareEvents: vscode.Disposable | undefined;
  /** Counts openings, so that one that was overtaken gives its share back. */
  private opening = 0;
  private settling: NodeJS.Timeout | undefined;

  constructor(uri: vscode.Uri, panel: vscode.WebviewPanel, context: PreviewContext) {
    super();
    this.uri = uri;
    this.panel = panel;
    this.context = context;
    this.inspector = this.register(
      new PreviewInspector(
        context.inspecting,
        () => this.shared(),
        progress => this.rpc.notify('explaining', progress),
      ),
    );
    this.register({ dispose: () => this.release() });
    this.filters = new PreviewFilters(() => this.shared(), context.predictions);
    panel.webview.options = webviewOptions(context.extensionUri);
    this.rpc = new Rpc<PreviewHost, PreviewView>(
      webviewPort(panel, subscription => this.register(subscription)),
      checkedPreview({
        ...this.inspector.methods,
        ready: () => this.open(),
        reload: () => this.open(),
        rows: async range => this.shared().thread.rows(range),
        ...this.filters.methods,
        reopenAsText: () => this.reopenAsText(),
        showLog: () => context.showLog(),
        logError: error => context.logError(fromErrorData(error)),
      }),
      { onError: error => context.logError(error) },
    );
    this.register({ dispose: () => this.rpc.close() });
    this.register({ dispose: () => clearTimeout(this.settling) });
    // A hidden view is gone; it says `ready` when it is back.
    this.register(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.release();
      }),
    );
    this.register(panel.onDidDispose(() => this.dispose()));
    this.register(
      context.predictions.onDidChange(() => {
        if (this.share) this.rpc.notify('predictionsChanged', undefined);
      }),
    );
    this.register(this.watch());
    // Its first rows are read while VS Code makes the webview.
    if (uri.scheme === 'file') context.files.prepare(uri.fsPath);
    panel.webview.html = webviewHtml(panel.webview, context.extensionUri, 'preview', 'Digits Preview');
  }

  get active(): boolean {
    return this.panel.active;
  }

  /** Shows the row that somebody asked for, unless the view is on its way and will get it with its state. */
  revealWanted(): void {
    if (!this.share) return;
    const row = this.context.takeReveal();
    if (row !== undefined) this.rpc.notify('reveal', row);
  }

  /** Shows the file as text, in place of its images. */
  async reopenAsText(): Promise<void> {
    await vscode.commands.executeCommand('vscode.openWith', this.uri, 'default', this.panel.viewColumn);
    // VS Code opens the text beside the preview; it is to take its place.
    if (!this.isDisposed) this.panel.dispose();
  }

  private async open(): Promise<PreviewState> {
    this.release();
    const opening = ++this.opening;
    if (this.uri.scheme !== 'file') {
      throw new DigitsError(
        'read-failed',
        sentence`Digits shows files that are on a disk, and ${path.posix.basename(this.uri.path)} is not; reopen it as text and run "Digits: Preview Images", which shows it as a temporary file.`,
      );
    }
    const share = await this.context.files.acquire(this.uri.fsPath);
    if (this.isDisposed || opening !== this.opening) {
      share.dispose();
      throw new DigitsError('cancelled', sentence`The preview was closed.`);
    }
    this.share = share;
    const { thread } = share;
    this.shareEvents = vscode.Disposable.from(
      thread.onDidIndex(progress => this.rpc.notify('indexed', progress)),
      thread.onDidLabel(labelled => this.rpc.notify('labelled', labelled)),
      thread.onDidFail(error => {
        this.context.logError(error);
        this.rpc.notify('failed', inWindowLanguage(error));
      }),
    );
    const { format, layout, first } = await thread.opened;
    return {
      file: path.basename(share.file),
      format,
      fullInk: fullInk(layout.maxPixel),
      index: thread.index,
      first,
      reveal: this.context.takeReveal(),
    };
  }

  private shared(): PixelFileShare {
    if (!this.share) throw new DigitsError('cancelled', sentence`The preview was closed.`);
    return this.share;
  }

  private release(): void {
    this.inspector.release();
    this.opening++;
    this.shareEvents?.dispose();
    this.share?.dispose();
    this.filters.release();
    this.share = this.shareEvents = undefined;
  }

  /** Tells the view when the file on disk is no longer the one it shows. */
  private watch(): vscode.Disposable {
    const folder = vscode.Uri.joinPath(this.uri, '..');
    // Brackets and the like are part of the name, not of a pattern.
    const name = path.posix.basename(this.uri.path).replace(/[*?{}[\]]/g, '[$&]');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
    const touched = (): void => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => void this.compare(), SETTLED);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(touched),
      watcher.onDidCreate(touched),
      watcher.onDidDelete(touched),
    );
  }

  private async compare(): Promise<void> {
    const { share } = this;
    if (!share) return;
    const change = await fileChange(share.file, share.stamp);
    if (share === this.share) this.rpc.notify('changed', change);
  }
}
