import type * as vscode from 'vscode';
import { stampOf } from './fileStamp';
import { PixelFileThread } from './pixelFileThread';

/** How long a file stays open after its last use, in ms: a tab that moves closes and opens it. */
const GRACE = 5000;

/** A share in an open file; disposing of it gives it back. */
export interface PixelFileShare extends vscode.Disposable {
  readonly file: string;
  /** Differs once the file was written again. */
  readonly stamp: string;
  /** What reads the file. It lasts while anybody has a share. */
  readonly thread: Omit<PixelFileThread, 'dispose'>;
}

interface Entry {
  readonly thread: PixelFileThread;
  shares: number;
  closing: NodeJS.Timeout | undefined;
}

/** Opens pixel files, each once however many views look at it, in a thread of its own that builds the row index. */
export class PixelFiles implements vscode.Disposable {
  private readonly script: string;
  private readonly entries = new Map<string, Entry>();

  /** `script`: the bundle of pixelFileWorker.ts. */
  constructor(script: string) {
    this.script = script;
  }

  /** Opens a file, or shares it when it is open and has not changed since. Throws `read-failed` when it is not there. */
  async acquire(file: string): Promise<PixelFileShare> {
    const stamp = await stampOf(file);
    const key = `${file}\n${stamp}`;
    let entry = this.entries.get(key);
    if (!entry) {
      entry = this.open(key, file);
      this.entries.set(key, entry);
    }
    return this.share(key, entry, file, stamp);
  }

  /** Opens a file that somebody is about to ask for. What is wrong with it is told then. */
  prepare(file: string): void {
    this.acquire(file).then(
      share => share.dispose(),
      () => undefined,
    );
  }

  dispose(): void {
    for (const { thread, closing } of this.entries.values()) {
      clearTimeout(closing);
      thread.dispose();
    }
    this.entries.clear();
  }

  private open(key: string, file: string): Entry {
    const entry: Entry = { thread: new PixelFileThread(this.script, file), shares: 0, closing: undefined };
    const forget = (): void => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    // A file that failed is opened again at the next request.
    entry.thread.onDidFail(forget);
    entry.thread.opened.catch(forget);
    return entry;
  }

  private share(key: string, entry: Entry, file: string, stamp: string): PixelFileShare {
    const { thread } = entry;
    clearTimeout(entry.closing);
    entry.shares++;
    let given = true;
    return {
      file,
      stamp,
      thread,
      dispose: () => {
        if (!given) return;
        given = false;
        entry.shares--;
        if (entry.shares > 0) return;
        entry.closing = setTimeout(() => {
          if (this.entries.get(key) === entry) this.entries.delete(key);
          thread.dispose();
        }, GRACE);
      },
    };
  }
}
