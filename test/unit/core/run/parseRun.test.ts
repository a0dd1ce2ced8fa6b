import { describe, expect, it } from 'vitest';
import { parseHistory, parseRun } from '../../../../src/core/run/parseRun';
import { runRecord } from '../../support/runRecord';

const run = runRecord({
  layers: [{ name: 'conv', type: 'Conv2D', outputShape: [24, 24, 8], parameters: 80 }],
  parameters: 1,
  seconds: 1,
});
const refused = /^FILE is no run that this version of Digits can read; train again, or update Digits\.$/;

describe("a run's record", () => {
  it('keeps the meaning of a value that earlier versions called otherwise', () => {
    const before = { ...run, config: { ...run.config, overrides: { averaging: 0.99 } } };
    expect(parseRun(JSON.stringify(before), 'FILE').config.overrides).toEqual({ emaDecay: 0.99 });
  });

  it('is taken with what a later version may have added', () => {
    const later = { ...run, mood: 'good', data: { ...run.data, colours: 3 } };
    expect(parseRun(JSON.stringify(later), 'FILE')).toEqual(later);
  });

  it.each<[string, object]>([
    ['a status that every object has by its nature', { status: 'constructor' }],
    ['a preset that there is not', { config: { ...run.config, preset: 'toString' } }],
    ['a value of a preset that there is not', { config: { ...run.config, overrides: { speed: 3 } } }],
    ['a value of a preset out of bounds', { config: { ...run.config, overrides: { networks: 1e6 } } }],
    ['a number as text', { seconds: '1' }],
    ['a number that is too large for JSON', { seconds: Infinity }],
    ['no time that is one', { created: 'yesterday' }],
    ['a time after all that can be counted on from', { created: '+275760-09-13T00:00:00.000Z' }],
    ['a year of five digits', { created: '+010000-01-01T00:00:00.000Z' }],
    ['seconds that nobody lives', { seconds: 1e11 }],
    ['more processes than a run can have: as many would be started', { engine: { ...run.engine, processes: 17 } }],
    ['more threads than a machine has', { engine: { ...run.engine, threads: 1e6 } }],
    ['an accuracy above all', { valAccuracy: 1.01 }],
    ['a mean that no image has', { data: { ...run.data, mean: 1.5 } }],
    ['high values that are neither', { data: { ...run.data, high: 'glue' } }],
    ['a word about labels that there is not', { config: { ...run.config, unlabelled: 'guess' } }],
    ['values for few rows that are none', { config: { ...run.config, fewRows: { batchSize: 0 } } }],
    ['an augmentation that is none', { config: { ...run.config, fewRows: { augmentation: { rotation: 10 } } } }],
    ['classes that are none', { data: { ...run.data, classes: [0, '1'] } }],
    ['warnings that are no text', { data: { ...run.data, warnings: [{}] } }],
    ['a layer without a shape', { layers: [{ name: 'conv', type: 'Conv2D', parameters: 80 }] }],
    ['a list in place of an object', { engine: [] }],
    ['an error without a sentence', { error: { code: 'internal' } }],
    ['another version', { version: 2 }],
  ])('is refused with %s', (_, change) => {
    expect(() => parseRun(JSON.stringify({ ...run, ...change }), 'FILE')).toThrow(refused);
  });

  it('is taken with the latest moment that there is, and with as many epochs as earlier versions let people ask for', () => {
    const last = { ...run, created: '9999-12-31T23:59:59.999Z', config: { ...run.config, epochs: 1e6 } };
    expect(parseRun(JSON.stringify(last), 'FILE')).toEqual(last);
  });

  it('is refused where it is no record at all', () => {
    for (const text of ['null', '[]', '5', '"run"']) expect(() => parseRun(text, 'FILE')).toThrow(refused);
    expect(() => parseRun('{"version":1', 'FILE')).toThrow(/^FILE is damaged; delete this run and train again\.$/);
  });
});

describe("a run's history", () => {
  const epoch = { epoch: 1, loss: 0.4, accuracy: 0.9, learningRate: 0.001, trainSeconds: 1, seconds: 60 };

  it('has the losses of a network that diverged, for which JSON has no word', () => {
    const [read] = parseHistory(JSON.stringify([{ ...epoch, loss: NaN, valLoss: NaN }]), 'FILE');
    expect(read).toEqual({ ...epoch, loss: NaN, valLoss: NaN });
  });

  it('is refused where an epoch of it is none', () => {
    for (const bad of [null, {}, [epoch, { ...epoch, loss: '0.4' }], [null], [{ ...epoch, seconds: null }]])
      expect(() => parseHistory(JSON.stringify(bad), 'FILE')).toThrow(/^FILE is damaged/);
  });
});
