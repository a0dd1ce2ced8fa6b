import { DigitsError, fromErrorData, toErrorData, type ErrorData } from '../core/errors';
import { sentence } from '../core/sentence';

/** One end of a channel between two processes, threads or documents. */
export interface Port {
  send(message: unknown): void;
  /** Called once, by {@link Rpc}. */
  listen(onMessage: (message: unknown) => void): void;
}

/** The methods that one side offers: one argument at most, a value or a promise of one. */
export type Methods<T> = { [K in keyof T]: (argument: never) => unknown };

type Argument<F> = F extends (argument: infer A) => unknown ? A : never;
type Result<F> = F extends (argument: never) => infer R ? Awaited<R> : never;

type Message =
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly type: 'notice'; readonly method: string; readonly argument: unknown }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorData };

export interface RpcOptions {
  /** Told what a handler of ours throws; without it, what the handler of a notice throws is an unhandled rejection. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Calls the methods of the other side and answers calls of ours; the same class serves webviews, worker threads and child
 * processes. A handler that throws answers with its error, and what is pending when the channel closes is rejected.
 */
export class Rpc<Ours extends Methods<Ours>, Theirs extends Methods<Theirs>> {
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  private readonly port: Port;
  private readonly ours: Ours;
  private readonly onError: RpcOptions['onError'];
  /** Begins anywhere: a page that was reloaded must not take an answer that was meant for the one before. */
  private nextId = Math.floor(Math.random() * 2 ** 52);
  private closed: DigitsError | undefined;

  constructor(port: Port, ours: Ours, { onError }: RpcOptions = {}) {
    this.port = port;
    this.ours = ours;
    this.onError = onError;
    port.listen(message => {
      // What comes from another process is data, whatever its type here says.
      if (isMessage(message)) void this.receive(message);
      else onError?.(new Error(`malformed message of type ${typeof message}`));
    });
  }

  /** Calls a method of the other side and waits for its answer. */
  call<K extends keyof Theirs & string>(method: K, argument: Argument<Theirs[K]>): Promise<Result<Theirs[K]>> {
    if (this.closed) return Promise.reject(this.closed);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve: value => resolve(value as Result<Theirs[K]>), reject });
      try {
        this.port.send({ type: 'request', id, method, argument } satisfies Message);
      } catch (error) {
        // What can't be cloned, such as a function, gets no answer.
        this.pending.delete(id);
        throw error;
      }
    });
  }

  /** Tells the other side something; no answer comes. */
  notify<K extends keyof Theirs & string>(method: K, argument: Argument<Theirs[K]>): void {
    if (!this.closed) this.port.send({ type: 'notice', method, argument } satisfies Message);
  }

  /** Rejects everything pending, and every later call, with `reason`. */
  close(reason = new DigitsError('cancelled', sentence`The channel was closed.`)): void {
    this.closed ??= reason;
    for (const { reject } of this.pending.values()) reject(this.closed);
    this.pending.clear();
  }

  private async receive(message: Message): Promise<void> {
    switch (message.type) {
      case 'request':
        try {
          this.answer({ type: 'result', id: message.id, value: await this.handle(message.method, message.argument) });
        } catch (error) {
          this.onError?.(error);
          this.answer({ type: 'error', id: message.id, error: toErrorData(error) });
        }
        return;
      case 'notice':
        if (!this.offers(message.method)) return this.onError?.(new Error(`no method ${message.method}`));
        try {
          await this.handle(message.method, message.argument);
        } catch (error) {
          if (!this.onError) throw error;
          this.onError(error);
        }
        return;
      case 'result':
      case 'error': {
        const waiting = this.pending.get(message.id);
        this.pending.delete(message.id);
        if (message.type === 'result') waiting?.resolve(message.value);
        else waiting?.reject(fromErrorData(message.error));
      }
    }
  }

  private answer(message: Message): void {
    if (!this.closed) this.port.send(message);
  }

  private async handle(method: string, argument: unknown): Promise<unknown> {
    if (!this.offers(method)) throw new Error(`no method ${method}`);
    const handler = this.ours[method as keyof Ours] as unknown as (argument: unknown) => unknown;
    return handler.call(this.ours, argument);
  }

  /** Own methods only: a message must not reach what every object inherits. */
  private offers(method: string): boolean {
    return Object.hasOwn(this.ours, method) && typeof this.ours[method as keyof Ours] === 'function';
  }
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { type, id, method } = value as Partial<Record<'type' | 'id' | 'method', unknown>>;
  switch (type) {
    case 'request':
      return typeof id === 'number' && typeof method === 'string';
    case 'notice':
      return typeof method === 'string';
    case 'result':
    case 'error':
      return typeof id === 'number';
    default:
      return false;
  }
}
