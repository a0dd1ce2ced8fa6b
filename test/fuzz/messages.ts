import assert from 'node:assert/strict';
import { setImmediate as soon } from 'node:timers/promises';
import fc from 'fast-check';
import { DigitsError, fromErrorData } from '../../src/core/errors';
import { Rpc } from '../../src/protocol/rpc';
import type { FuzzTarget } from './target';

interface Counter {
  add(by: number): number;
}

const ids = fc.oneof(fc.constantFrom<unknown>(0, 1, 'x', null, undefined, NaN, {}), fc.integer());
const methods = fc.oneof(
  fc.constantFrom<unknown>(
    'add',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'field',
    '',
    5,
    null,
    undefined,
  ),
  fc.string(),
);
const errors = fc.oneof(
  fc.anything(),
  fc.record({
    code: fc.constantFrom<unknown>('bad-row', 'internal', 'none', 5),
    message: fc.constantFrom<unknown>('Bad.', 5, undefined),
    detail: fc.anything(),
  }),
);
const messages = fc.oneof(
  { arbitrary: fc.anything(), weight: 1 },
  {
    arbitrary: fc.record(
      {
        type: fc.constantFrom<unknown>('request', 'notice', 'result', 'error', 'other', 5, null),
        id: ids,
        method: methods,
        argument: fc.anything(),
        value: fc.anything(),
        error: errors,
      },
      { requiredKeys: [] },
    ),
    weight: 6,
  },
);

export const messageTargets: readonly FuzzTarget[] = [
  {
    name: 'messages',
    holds:
      'Whatever comes over a channel, only methods that are offered are called, every call is answered, and nothing is thrown where nobody listens.',
    property: fc.asyncProperty(fc.array(messages, { maxLength: 6 }), fc.boolean(), async (received, told) => {
      const sent: unknown[] = [];
      let deliver = (message: unknown): void => void message;
      let calls = 0;
      const ours = { add: () => ++calls, field: 5 };
      const reported: unknown[] = [];
      const unhandled: unknown[] = [];
      const note = (error: unknown): void => void unhandled.push(error);
      process.on('unhandledRejection', note);
      try {
        const rpc = new Rpc<Counter, Counter>(
          { send: message => sent.push(message), listen: listener => (deliver = listener) },
          ours as unknown as Counter,
          told ? { onError: error => reported.push(error) } : {},
        );
        const answer = rpc.call('add', 1);
        const { id } = sent.shift() as { id: number };
        for (const message of received) deliver(message);
        await soon();
        const asked = received.filter(message => isShaped(message, 'request')).length;
        assert.equal(sent.length, asked);
        assert.equal(
          calls,
          received.filter(
            message =>
              (isShaped(message, 'request') || isShaped(message, 'notice')) &&
              (message as { method: unknown }).method === 'add',
          ).length,
        );
        // The answer is still awaited, and comes.
        deliver({ type: 'result', id, value: 7 });
        assert.equal(await answer, 7);
        await soon();
        assert.deepEqual(unhandled, []);
      } finally {
        process.off('unhandledRejection', note);
      }
    }) as FuzzTarget['property'],
  },
  {
    name: 'errors of another process',
    holds: 'Whatever another process says went wrong becomes an error with a code and a sentence.',
    property: fc.asyncProperty(errors, async data => {
      const error = fromErrorData(data);
      assert.ok(error instanceof DigitsError && typeof error.message === 'string' && typeof error.code === 'string');
    }) as FuzzTarget['property'],
  },
];

function isShaped(message: unknown, type: string): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const { type: given, id, method } = message as Record<string, unknown>;
  return given === type && typeof method === 'string' && (type === 'notice' || typeof id === 'number');
}
