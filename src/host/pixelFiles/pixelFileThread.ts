import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { FileLabels } from '../../core/csv/fileLabels';
import { DigitsError, fromErrorData } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { ImagePage, IndexProgress } from '../../protocol/imagePage';
import type { OpenedPixelFile, PixelFileEvents, PixelFileMethods } from '../../protocol/pixelFile';
import { Rpc } from '../../protocol/rpc';
import { Disposable } from '../disposable';

/** The host's end of the thread that holds one file open. It ends with {@link dispose}. */
export class PixelFileThread extends Disposable {
  private readonly indexed = this.register(new vscode.EventEmitter<IndexProgress>());
  private readonly labelled = this.register(new vscode.EventEmitter<number>());
  private readonly failed = this.register(new vscode.EventEmitter<DigitsError>());
  readonly onDidIndex = this.indexed.event;
  /** How much of the labels was read, 0 to 1. */
  readonly onDidLabel = this.labelled.event;
  /** The rest of the file can't be read, or the thread is gone. */
  readonly onDidFail = this.failed.event;
  /** Rejects with a sentence when the file is no pixel CSV or can't be read. */
  readonly opened: Promise<OpenedPixelFile>;

  private readonly worker: Worker;
  private readonly rpc: Rpc<PixelFileEvents, PixelFileMethods>;
  private progress: IndexProgress = { rows: 0, share: 0 };
  private allLabels: Promise<FileLabels> | undefined;

  constructor(script: string, file: string) {
    super();
    this.worker = new Worker(script);
    this.register({ dispose: () => void this.worker.terminate() });
    this.rpc = new Rpc<PixelFileEvents, PixelFileMethods>(
      {
        send: message => this.worker.postMessage(message),
        listen: onMessage => void this.worker.on('message', onMessage),
      },
      {
        indexed: progress => {
          this.progress = progress;
          this.indexed.fire(progress);
        },
        labelled: share => this.labelled.fire(share),
        failed: error => this.failed.fire(fromErrorData(error)),
      },
    );
    this.register({ dispose: () => this.rpc.close() });
    this.worker.once('error', error => this.end(String(error)));
    this.worker.once('exit', code => this.end(`exit code ${code}`));
    this.opened = this.rpc.call('open', file).then(opened => {
      if (this.progress.share === 0) this.progress = opened.index;
      return opened;
    });
    // Whoever awaits it later still gets the error.
    this.opened.catch(() => undefined);
  }

  /** How much of the file is known by now. */
  get index(): IndexProgress {
    return this.progress;
  }

  rows(range: { readonly first: number; readonly count: number }): Promise<ImagePage> {
    return this.rpc.call('rows', range);
  }

  /** These rows, in the order asked for; rows that the file does not have are missing. */
  images(rows: readonly number[]): Promise<ImagePage> {
    return this.rpc.call('images', rows);
  }

  /** The labels of all rows, read when they are asked for first. */
  labels(): Promise<FileLabels> {
    if (!this.allLabels) {
      const reading = (this.allLabels = this.rpc.call('labels', undefined));
      reading.catch(() => (this.allLabels = undefined));
    }
    return this.allLabels;
  }

  private end(detail: string): void {
    if (this.isDisposed) return;
    const error = new DigitsError(
      'internal',
      sentence`The thread that reads the file ended by itself; reload the preview, and see the log when it happens again.`,
      detail,
    );
    this.rpc.close(error);
    this.failed.fire(error);
  }
}
