import { describe, expect, it } from 'vitest';
import { checkedDataPanel } from '../../../../src/host/data/checkedDataPanel';
import { checkedPreview } from '../../../../src/host/preview/checkedPreview';
import { checkedRunPanel } from '../../../../src/host/run/checkedRunPanel';
import type { DataPanelHost } from '../../../../src/protocol/dataPanel';
import type { RunPanelHost } from '../../../../src/protocol/runPanel';
import type { PreviewHost } from '../../../../src/protocol/previewPanel';
import { Rpc } from '../../../../src/protocol/rpc';
import { hostileToDataPanel, hostileToPreview, hostileToRunPanel, noMethods } from '../../../fixtures/hostileMessages';

type Hosts = RunPanelHost | PreviewHost | DataPanelHost;

/** A host of a view, its methods put in by `check`, each of which notes what it was given; and what it answers to a message. */
function listening(names: readonly string[], check: (methods: never) => object) {
  const called: unknown[][] = [];
  const methods = Object.fromEntries(
    names.map(name => [name, (...given: unknown[]) => void called.push([name, ...given])]),
  );
  let deliver: (message: unknown) => void = () => undefined;
  let answered: (message: unknown) => void = () => undefined;
  new Rpc(
    { send: message => answered(message), listen: onMessage => (deliver = onMessage) },
    check(methods as never) as never,
    { onError: () => undefined },
  );
  const ask = (method: string, argument: unknown): Promise<unknown> =>
    new Promise(resolve => {
      answered = resolve;
      deliver({ type: 'request', id: 1, method, argument });
    });
  return { called, ask };
}

const run = '/data/.digits/runs/a';
const noFilter = { label: undefined, predicted: undefined, outcome: undefined };
const error = { code: 'internal', message: 'It failed.', detail: 'at x' };
const place = { evaluation: 'test.csv-0123abcd', row: 7 };
const previewed = { runFolder: run, row: 7 };
const inspector = (image: unknown) => ({
  probabilities: image,
  occlusion: image,
  neighbours: image,
  cancelQuestion: 'occlusion',
});

describe.each([
  [
    'a run panel',
    checkedRunPanel,
    hostileToRunPanel,
    {
      ready: undefined,
      evaluation: 'test.csv-0123abcd',
      images: { evaluation: undefined, rows: [3, 1] },
      comparedRuns: ['b', 'c'],
      pickCompared: [],
      cancel: undefined,
      resume: undefined,
      writeSubmission: undefined,
      revealInPreview: place,
      showLog: undefined,
      logError: error,
      ...inspector(place),
    },
  ],
  [
    'a preview',
    checkedPreview,
    hostileToPreview,
    {
      ready: undefined,
      rows: { first: 5, count: 100 },
      reload: undefined,
      reopenAsText: undefined,
      showLog: undefined,
      logError: error,
      images: Uint32Array.of(7, 3),
      labels: undefined,
      predictions: undefined,
      predicted: `${run}#validation`,
      filter: { filter: { ...noFilter, label: 7 }, source: undefined },
      network: undefined,
      orientation: run,
      openRun: run,
      revealTrainingRow: previewed,
      ...inspector(previewed),
    },
  ],
  [
    'a data page',
    checkedDataPanel,
    hostileToDataPanel,
    {
      ready: undefined,
      reload: undefined,
      cancel: undefined,
      preview: 'test',
      revealRow: { role: 'train', row: 42_000 },
      revealLine: { role: 'test', line: 1 },
      showLog: undefined,
      logError: error,
    },
  ],
] as readonly [
  string,
  (methods: never) => Hosts,
  Readonly<Record<string, readonly unknown[]>>,
  Readonly<Record<string, unknown>>,
][])('the host of %s', (_, check, hostile, honest) => {
  it('has something hostile and something honest for each of its methods', () => {
    const names = Object.keys(check({} as never));
    expect(Object.keys(hostile).sort()).toEqual([...names].sort());
    expect(Object.keys(honest).sort()).toEqual([...names].sort());
  });

  it.each(Object.keys(hostile))('is told nothing hostile by %s, and answers with an error', async method => {
    const { ask, called } = listening(Object.keys(hostile), check);
    for (const argument of hostile[method]!)
      expect(await ask(method, argument)).toMatchObject({
        type: 'error',
        error: { code: expect.any(String), message: expect.any(String) },
      });
    expect(called).toEqual([]);
  });

  it('is told what a view of ours sends, as it is', async () => {
    const { ask, called } = listening(Object.keys(hostile), check);
    for (const [method, argument] of Object.entries(honest)) {
      expect(await ask(method, argument)).toMatchObject({ type: 'result' });
      expect(called.pop()).toEqual([method, argument]);
    }
  });

  it.each(noMethods)('has no method "%s"', async method => {
    const { ask, called } = listening(Object.keys(hostile), check);
    expect(await ask(method, undefined)).toMatchObject({ type: 'error' });
    expect(called).toEqual([]);
  });
});

describe('a list that is far too long', () => {
  it.each([
    ['images', { rows: new Array<string>(1_000_000).fill('x'.repeat(50)) }],
    ['comparedRuns', new Array<string>(1_000_000).fill('../x')],
  ])('is refused by %s before its items are looked at, in few words', async (method, argument) => {
    let looked = 0;
    const watched = new Proxy(Array.isArray(argument) ? argument : argument.rows, {
      get: (list, key) => {
        if (/^\d+$/.test(String(key))) looked++;
        return Reflect.get(list, key) as unknown;
      },
    });
    const { ask } = listening(Object.keys(hostileToRunPanel), checkedRunPanel);
    const answer = await ask(method, Array.isArray(argument) ? watched : { rows: watched });
    expect(answer).toMatchObject({ type: 'error' });
    expect(looked).toBe(0);
    expect(JSON.stringify(answer).length).toBeLessThan(1000);
  });

  it('is told of in few words where its items are bad', async () => {
    const { ask } = listening(Object.keys(hostileToRunPanel), checkedRunPanel);
    const answer = await ask('images', { rows: new Array<string>(512).fill('x'.repeat(10_000)) });
    expect(JSON.stringify(answer).length).toBeLessThan(1000);
  });
});
