import { describe, expect, it } from 'vitest';
import { DigitsError } from '../../../src/core/errors';
import { Rpc, type Port } from '../../../src/protocol/rpc';

interface Calculator {
  add(pair: { readonly a: number; readonly b: number }): number;
  fail(how: 'known' | 'unknown'): void;
  never(nothing: undefined): Promise<void>;
  heard(word: string): void;
}

function pair() {
  const words: string[] = [];
  const errors: unknown[] = [];
  let left: (message: unknown) => void = () => undefined;
  let right: (message: unknown) => void = () => undefined;
  const port = (send: (message: unknown) => void, listen: (receive: (message: unknown) => void) => void): Port => ({
    send: message => queueMicrotask(() => send(structuredClone(message))),
    listen,
  });
  new Rpc<Calculator, object>(
    port(
      message => left(message),
      receive => (right = receive),
    ),
    {
      add: ({ a, b }) => a + b,
      fail: how => {
        throw how === 'known' ? new DigitsError('bad-row', 'Row 3 is bad.') : new TypeError('x is undefined');
      },
      never: () => new Promise(() => undefined),
      heard: word => void words.push(word),
    },
    { onError: error => errors.push(error) },
  );
  const client = new Rpc<object, Calculator>(
    port(
      message => right(message),
      receive => (left = receive),
    ),
    {},
  );
  return { client, words, errors, send: (message: unknown) => right(message) };
}

describe('calls between processes', () => {
  it('answer with the result', async () => {
    await expect(pair().client.call('add', { a: 2, b: 3 })).resolves.toBe(5);
  });

  it('answer with the error of a handler that throws, and with its code', async () => {
    const { client } = pair();
    await expect(client.call('fail', 'known')).rejects.toMatchObject({ code: 'bad-row', message: 'Row 3 is bad.' });
    await expect(client.call('fail', 'unknown')).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('x is undefined'),
    });
  });

  it('reach only the methods of the other side, nothing inherited', async () => {
    const { client } = pair() as unknown as { client: Rpc<object, { toString(nothing: undefined): string }> };
    await expect(client.call('toString', undefined)).rejects.toMatchObject({ code: 'internal' });
  });

  it('are rejected when the channel closes, pending and later ones', async () => {
    const { client } = pair();
    const pending = client.call('never', undefined);
    client.close(new DigitsError('engine-died', 'Gone.'));
    await expect(pending).rejects.toMatchObject({ code: 'engine-died' });
    await expect(client.call('add', { a: 1, b: 1 })).rejects.toMatchObject({ code: 'engine-died' });
  });

  it('may be told without an answer', async () => {
    const { client, words } = pair();
    client.notify('heard', 'hello');
    await client.call('add', { a: 0, b: 0 });
    expect(words).toEqual(['hello']);
  });

  it('leave the error of a handler with the side that it is of, whether an answer is awaited or not', async () => {
    const { client, errors } = pair();
    await client.call('fail', 'known').catch(() => undefined);
    client.notify('fail', 'unknown');
    await client.call('add', { a: 0, b: 0 });
    expect(errors).toEqual([expect.objectContaining({ code: 'bad-row' }), expect.any(TypeError)]);
  });

  it('are left alone by what is no message, or is for nobody', async () => {
    const { client, errors, send } = pair();
    const messages = [
      undefined,
      null,
      5,
      'request',
      {},
      [],
      { type: 'request' },
      { type: 'request', id: 1, method: 5 },
      { type: 'notice' },
      { type: 'notice', method: 'none' },
      { type: 'notice', method: 'toString' },
      { type: 'result' },
      { type: 'error', id: 'x' },
    ];
    for (const message of messages) send(message);
    await expect(client.call('add', { a: 2, b: 3 })).resolves.toBe(5);
    expect(errors).toHaveLength(messages.length);
    // Nor is anything thrown where nobody is told.
    let receive: (message: unknown) => void = () => undefined;
    new Rpc<Calculator, object>(
      { send: () => undefined, listen: onMessage => (receive = onMessage) },
      {} as Calculator,
    );
    for (const message of messages) receive(message);
  });

  it('wait for no answer where they could not be sent', async () => {
    const rpc = new Rpc<object, Calculator>(
      {
        send: message => void structuredClone(message),
        listen: () => undefined,
      },
      {},
    );
    const notCloneable = (() => undefined) as unknown as { readonly a: number; readonly b: number };
    await expect(rpc.call('add', notCloneable)).rejects.toThrow('could not be cloned');
    expect(rpc['pending'].size).toBe(0);
  });

  it('fail with a sentence where the other side answers with a malformed error', async () => {
    const asked: { readonly id: number }[] = [];
    let receive: (message: unknown) => void = () => undefined;
    const rpc = new Rpc<object, Calculator>(
      { send: message => asked.push(message as { id: number }), listen: onMessage => (receive = onMessage) },
      {},
    );
    const answers = [undefined, { code: 'none', message: 'x' }, { code: 'internal' }].map(error => {
      const answer = rpc.call('add', { a: 1, b: 1 });
      receive({ type: 'error', id: asked.at(-1)!.id, error });
      return answer;
    });
    for (const answer of answers)
      await expect(answer).rejects.toMatchObject({
        code: 'internal',
        message: 'Digits failed for an unknown reason.',
      });
  });

  it('are not answered by what was meant for an earlier page of the same view', async () => {
    const asked: { readonly id: number }[] = [];
    const page = () => {
      let receive: (message: unknown) => void = () => undefined;
      const rpc = new Rpc<object, Calculator>(
        { send: message => asked.push(message as { id: number }), listen: onMessage => (receive = onMessage) },
        {},
      );
      return { rpc, receive: (message: unknown) => receive(message) };
    };
    void page().rpc.call('add', { a: 1, b: 1 });
    const { rpc, receive } = page();
    const answer = rpc.call('add', { a: 2, b: 2 });
    receive({ type: 'result', id: asked[0]!.id, value: 2 });
    receive({ type: 'result', id: asked[1]!.id, value: 4 });
    await expect(answer).resolves.toBe(4);
  });
});
