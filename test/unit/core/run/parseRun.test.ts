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

  const augmentation = { rotation: 10, zoom: 0.1, shift: 0.1 };
  const fewRows = (values: object) => ({ config: { ...run.config, fewRows: values } });
  const augmented = (values: object) => fewRows({ augmentation: { ...augmentation, ...values } });
  const ofData = (values: object) => ({ data: { ...run.data, ...values } });
  const ofEngine = (values: object) => ({ engine: { ...run.engine, ...values } });

  it.each<[string, number, (value: number) => object]>([
    ['rotation', 360, rotation => augmented({ rotation })],
    ['elastic', 360, elastic => augmented({ elastic })],
    ['zoom', 1, zoom => augmented({ zoom })],
    ['shift', 1, shift => augmented({ shift })],
    ['shear', 45, shear => augmented({ shear })],
    ['batchSize', 4096, batchSize => fewRows({ batchSize })],
    ['patience', 65_536, patience => fewRows({ patience })],
    ['batchNormMomentum', 1, batchNormMomentum => fewRows({ batchNormMomentum })],
    ['side', 1024, side => ofData({ side })],
    ['maxPixel', 255, maxPixel => ofData({ maxPixel })],
    ['mean', 1, mean => ofData({ mean })],
    ['processes', 16, processes => ofEngine({ processes })],
    ['threads', 16_384, threads => ofEngine({ threads })],
    ['networks', 1000, networks => ({ networks })],
    ['seconds', 1e10, seconds => ({ seconds })],
    ['valAccuracy', 1, valAccuracy => ({ valAccuracy })],
  ])('is taken with %s up to %d, and refused above and below', (_, most, change) => {
    const parse = (value: number) => parseRun(JSON.stringify({ ...run, ...change(value) }), 'FILE');
    expect(() => parse(most)).not.toThrow();
    expect(() => parse(most + 1)).toThrow(refused);
    expect(() => parse(-1)).toThrow(refused);
  });

  it.each<[string, object]>([
    ['half a row', ofData({ rows: 1.5 })],
    ['fewer rows than none', ofData({ rows: -1 })],
    ['no epoch', { config: { ...run.config, epochs: 0 } }],
    ['more rows than can be counted', ofData({ rows: 2 ** 53 })],
    ['half a class', ofData({ classes: [0.5] })],
    ['more classes than a network has', ofData({ classes: new Array(70_000).fill(0) })],
    ['a text that no view can show', ofData({ warnings: ['x'.repeat(70_000)] })],
    ['a list in place of settings that may all be missing', fewRows([])],
    ['an error of a kind that there is not', { error: { code: 'toString', message: 'Something.' } }],
    ['a value of a preset as text', { config: { ...run.config, overrides: { learningRate: '0.01' } } }],
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
    // JSON has numbers that are too large for any.
    const infinite = JSON.stringify([{ ...epoch, loss: 5 }]).replace('5', '1e999');
    expect(() => parseHistory(infinite, 'FILE')).toThrow(/^FILE is damaged/);
  });
});
