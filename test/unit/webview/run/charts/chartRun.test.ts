import { describe, expect, it } from 'vitest';
import {
  epochWords,
  keptSentence,
  keptWord,
  networkStarts,
  plannedEpochs,
} from '../../../../../webview/run/charts/chartRun';
import { comparedWith, readChartsView } from '../../../../../webview/run/charts/chartsView';
import { epochRecords, runRecord } from '../../../support/runRecord';

const history = epochRecords([0.9, 0.97, 0.96, 0.95, 0.94]);

describe('what a run keeps', () => {
  it('is called the best only where it is chosen for being it', () => {
    expect(keptWord({ keeps: 'best', networks: 1 })).toBe('best');
    expect(keptWord({ keeps: 'last', networks: 1 })).toBe('kept');
    expect(keptWord({ keeps: 'best', networks: 2 })).toBe('kept');
    expect(keptSentence({ run: runRecord(), history })).toBe(
      'The weights of epoch 2 are kept, the best one on the validation images.',
    );
    expect(keptSentence({ run: runRecord({ keeps: 'last' }), history })).toBe(
      'The weights of epoch 5 are kept, the last one that ended.',
    );
    expect(keptSentence({ run: runRecord(), history: [] })).toBeUndefined();
  });

  it('is an epoch of each network that has ended', () => {
    const run = runRecord({ networks: 3, keeps: 'last', config: { epochs: 2 } });
    expect(keptSentence({ run, history })).toBe(
      '3 networks train one after the other, 2 epochs each. The weights of epochs 2 and 4 are kept, one of each network, and their answers averaged.',
    );
    expect(keptSentence({ run, history: history.slice(0, 1) })).toBe(
      '3 networks train one after the other, 2 epochs each. The weights of epoch 1 are kept.',
    );
  });
});

describe('the networks of a run', () => {
  const run = runRecord({ networks: 3, config: { epochs: 10 } });

  it('begin one after the other, and their epochs are told by both numbers', () => {
    expect(networkStarts(run)).toEqual([11, 21]);
    expect(networkStarts(runRecord())).toEqual([]);
    expect(epochWords(15, run)).toBe('epoch 15 (network 2, epoch 5)');
    expect(epochWords(20, run)).toBe('epoch 20 (network 2, epoch 10)');
    expect(epochWords(15, runRecord())).toBe('epoch 15');
  });

  it('need room for epochs to come only while they are to come', () => {
    expect(plannedEpochs({ run: { ...run, status: 'training' }, history })).toBe(30);
    expect(plannedEpochs({ run: { ...run, status: 'cancelled' }, history })).toBe(5);
  });
});

describe('how the user looks at the curves', () => {
  const view = {
    zoom: { first: 3, last: 9 },
    smoothing: 0.6,
    log: true,
    training: false,
    compared: [{ id: 'b', slot: 2 }],
    onlyDiffering: true,
  };

  it('is found again as it was left', () => {
    expect(readChartsView(JSON.parse(JSON.stringify(view)))).toEqual(view);
    expect(readChartsView({ ...view, zoom: undefined }).zoom).toBeUndefined();
  });

  it('is as in a new panel where what was kept is none', () => {
    const plain = { zoom: undefined, smoothing: 0, log: false, training: true, compared: [], onlyDiffering: false };
    for (const kept of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { zoom: 3, smoothing: 2, log: 1, training: 'no', compared: ['b'], onlyDiffering: null },
      { zoom: { first: 3, last: 1 }, smoothing: NaN, compared: [{ id: '../x', slot: 1 }] },
      { zoom: { first: 0.5, last: 9 }, compared: [{ id: 'b', slot: 0 }] },
    ]) {
      expect(readChartsView(kept)).toEqual(plain);
    }
  });

  it('leaves a compared run its look for as long as it is compared', () => {
    const first = comparedWith([], ['b', 'c', 'd']);
    expect(first).toEqual([
      { id: 'b', slot: 1 },
      { id: 'c', slot: 2 },
      { id: 'd', slot: 3 },
    ]);
    const second = comparedWith(first, ['b', 'd']);
    expect(second).toEqual([
      { id: 'b', slot: 1 },
      { id: 'd', slot: 3 },
    ]);
    expect(comparedWith(second, ['e', 'd', 'f', 'b'])).toEqual([
      { id: 'e', slot: 2 },
      { id: 'd', slot: 3 },
      { id: 'f', slot: 4 },
      { id: 'b', slot: 1 },
    ]);
  });
});
