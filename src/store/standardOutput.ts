import { fstatSync, writeSync } from 'node:fs';
import tty from 'node:tty';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { fileError } from './fileError';

/** Why standard output was not written to its end. */
export interface OutputFailure {
  /** Nobody reads any more, as after "| head": no fault of anything. */
  readonly isClosed: boolean;
  /** With a sentence for people. */
  readonly error: DigitsError;
}

/** What shells make of a program that ended by SIGPIPE. */
export const closedExitCode = 141;

/** Standard output, of which nothing is lost unnoticed. One a process. After a failure nothing more is written. */
export class StandardOutput {
  private readonly isFile = leadsToFile();
  private readonly controller = new AbortController();
  private last: Promise<void> = Promise.resolve();
  private found: OutputFailure | undefined;

  constructor() {
    process.stdout.on('error', error => this.fail(error));
    // What can't be told can't be told of either.
    process.stderr.on('error', () => undefined);
  }

  /** Aborted, with `cancelled`, as soon as something could not be written. */
  get failed(): AbortSignal {
    return this.controller.signal;
  }

  get failure(): OutputFailure | undefined {
    return this.found;
  }

  write(text: string): void {
    if (this.found) return;
    if (!this.isFile) {
      this.last = new Promise(resolve => process.stdout.write(text, () => resolve()));
      return;
    }
    try {
      // Node's own stream of a file takes no notice where a full disk has room for a part.
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length;) from += writeSync(process.stdout.fd, bytes, from);
    } catch (error) {
      this.fail(error as NodeJS.ErrnoException);
    }
  }

  /** Resolves once all is written, or has failed to be. */
  async flushed(): Promise<OutputFailure | undefined> {
    await this.last;
    // The news of an error comes after that of the write.
    await new Promise(resolve => setImmediate(resolve));
    return this.found;
  }

  private fail(error: NodeJS.ErrnoException): void {
    if (this.found) return;
    const isClosed = ['EPIPE', 'EOF', 'ECONNRESET'].includes(error.code ?? '');
    this.found = {
      isClosed,
      error: isClosed
        ? new DigitsError('write-failed', sentence`Standard output was closed.`, error.message)
        : worded(error),
    };
    this.controller.abort(new DigitsError('cancelled', sentence`Cancelled.`));
  }
}

function worded(error: NodeJS.ErrnoException): DigitsError {
  const { code, message, detail } = fileError('write', 'standard output', error);
  return new DigitsError(code, message[0]!.toUpperCase() + message.slice(1), detail);
}

/** A file, or a device that is no terminal. */
function leadsToFile(): boolean {
  try {
    const stats = fstatSync(process.stdout.fd);
    return stats.isFile() || (stats.isCharacterDevice() && !tty.isatty(process.stdout.fd));
  } catch {
    return false;
  }
}
