import { fork, type ChildProcess } from 'node:child_process';
import type { Stream } from 'node:stream';
import { DigitsError } from '../core/errors';
import { deathError, memoryKills, unstartedError } from './death';
import { isNearProcessLimit, tooManySentence } from './limits';
import { Rpc, type Methods } from '../protocol/rpc';

/** How long the output of a process that is gone is waited for, in ms. */
const lastWords = 300;
/** How long a process may take to begin where its user may have hardly more, in ms. */
const longestStart = 10_000;

export interface ForkOptions {
  /** Arguments of the program. */
  readonly arguments?: readonly string[];
  /** Adds to this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node that runs it; ours unless said otherwise. */
  readonly node?: string;
  /** Its descriptors from 4 on: new ones to us, or streams of ours. */
  readonly streams?: readonly (Stream | 'pipe')[];
}

/** The parent's end of a process of ours that computes. It ends with {@link dispose}, and with this process whatever happens. */
export class ForkedProcess<Ours extends Methods<Ours>, Theirs extends Methods<Theirs>> {
  readonly rpc: Rpc<Ours, Theirs>;
  /** Resolves on exit or failed start. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private disposed = false;

  /** Forks `bundle` and offers it `ours`. */
  constructor(bundle: string, ours: Ours, options: ForkOptions = {}) {
    let output = '';
    const killsBefore = memoryKills();
    this.child = fork(bundle, [...(options.arguments ?? [])], {
      serialization: 'advanced', // typed arrays cross as they are
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', ...(options.streams ?? [])],
      execPath: options.node ?? process.execPath,
      env: { ...process.env, ...options.environment },
      // What was let go is given back when the process asks for it.
      execArgv: ['--expose-gc', ...childOptions(process.execArgv)],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        // The last words, for the log: V8 says what it dies of before a long stack.
        output = (output + text).slice(-20_000);
      });
    }
    this.rpc = new Rpc<Ours, Theirs>(
      {
        send: message => {
          // Whether it arrived does not matter here: where the process is gone, its end rejects what is pending.
          if (this.child.connected) this.child.send(message as object, () => undefined);
        },
        listen: onMessage => void this.child.on('message', onMessage),
      },
      ours,
    );
    // Node waits for threads that it asked for, and for ever where it does not get them.
    const starting = setInterval(() => {
      if (!isNearProcessLimit()) return;
      this.rpc.close(new DigitsError('engine-died', tooManySentence()));
      this.dispose();
    }, longestStart);
    this.child.once('message', () => clearInterval(starting));
    this.ended = new Promise(resolve => {
      this.child.on('error', error => {
        clearInterval(starting);
        this.rpc.close(unstartedError(error));
        if (this.child.pid === undefined) resolve();
      });
      this.child.once('exit', (code, signal) => {
        clearInterval(starting);
        resolve();
        // Ended by us: there is nothing to tell.
        if (this.disposed) return;
        const tell = (): void => {
          clearTimeout(waiting);
          if (!this.disposed)
            this.rpc.close(
              deathError({
                code,
                signal,
                output,
                outOfMemory: memoryKills() > killsBefore,
                nearProcessLimit: isNearProcessLimit(),
              }),
            );
        };
        // Its last output may arrive after its exit; but a child of its own that holds the output open is not waited for.
        const waiting = setTimeout(tell, lastWords);
        this.child.once('close', tell);
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Our ends of the streams that it was started with; of those that were ours, they themselves are not among these. None where it could not be started. */
  get streams(): readonly Stream[] {
    return this.child.pid === undefined ? [] : (this.child.stdio.slice(4) as unknown as Stream[]);
  }

  /** Ends the process at once; what is pending is rejected as cancelled. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.rpc.close();
    // Where the start failed Node would signal process 0, which is our whole group.
    if (this.child.pid !== undefined) this.child.kill('SIGKILL');
  }
}

/**
 * Options for the child's Node, given our own: a debugger on a port of its own where one is attached to us. VS Code starts
 * its extension host with --inspect-port even where nobody debugs; that opens no port, and none is opened here.
 */
export function childOptions(ours: readonly string[]): string[] {
  return ours.some(option => /^--inspect(-brk)?(=|$)/.test(option)) ? ['--inspect=0'] : [];
}
