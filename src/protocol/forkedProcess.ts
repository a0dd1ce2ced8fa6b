import { fork, type ChildProcess } from 'node:child_process';
import { DigitsError } from '../core/errors';
import { Rpc, type Methods } from './rpc';

export interface ForkOptions {
  /** Arguments of the program. */
  readonly arguments?: readonly string[];
  /** Adds to this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node that runs it; ours unless said otherwise. */
  readonly node?: string;
}

/** The parent's end of a process of ours that computes. It ends with {@link dispose}, and with this process whatever happens. */
export class ForkedProcess<Ours extends Methods<Ours>, Theirs extends Methods<Theirs>> {
  readonly rpc: Rpc<Ours, Theirs>;
  private readonly child: ChildProcess;
  private disposed = false;

  /** Forks `bundle` and offers it `ours`. */
  constructor(bundle: string, ours: Ours, options: ForkOptions = {}) {
    let output = '';
    this.child = fork(bundle, [...(options.arguments ?? [])], {
      serialization: 'advanced', // typed arrays cross as they are
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execPath: options.node ?? process.execPath,
      env: { ...process.env, ...options.environment },
      // What was let go is given back when the process asks for it.
      execArgv: ['--expose-gc', ...childOptions(process.execArgv)],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        // The last words, for the log.
        output = (output + text).slice(-4000);
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
    this.child.on('error', error => this.rpc.close(new DigitsError('engine-died', 'The training process could not be started; see the log.', String(error))));
    this.child.once('exit', (code, signal) => {
      if (!this.disposed) this.rpc.close(diedError(code, signal, output));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Ends the process at once; what is pending is rejected as cancelled. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.rpc.close();
    this.child.kill('SIGKILL');
  }
}

/**
 * Options for the child's Node, given our own: a debugger on a port of its own where one is attached to us. VS Code starts
 * its extension host with --inspect-port even where nobody debugs; that opens no port, and none is opened here.
 */
export function childOptions(ours: readonly string[]): string[] {
  return ours.some(option => /^--inspect(-brk)?(=|$)/.test(option)) ? ['--inspect=0'] : [];
}

function diedError(code: number | null, signal: NodeJS.Signals | null, output: string): DigitsError {
  if (signal === 'SIGILL') {
    return new DigitsError('engine-died', 'TensorFlow needs a processor with AVX, which this machine\'s has not; set "digits.engine" to "auto" or "portable".', output);
  }
  const how = signal === null ? `with code ${code}` : `by signal ${signal}`;
  const memory = signal === 'SIGKILL' ? ', as happens when memory runs out' : '';
  return new DigitsError('engine-died', `The training process ended by itself (${how}${memory}); what it had finished is kept, try again.`, output);
}
