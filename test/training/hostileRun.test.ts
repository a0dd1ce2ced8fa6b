import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsFolder } from '../../src/store/run/runFolder';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

// A run's folder that somebody else made: its network is used only where it is one of Digits', and an export or a
// submission changes no file that it was not to.

type Json = Record<string, unknown>;
interface ModelJson {
  modelTopology: { class_name: string; config: { layers: { class_name: string; config: Json }[] } };
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
}

let folder: string;
let child: TrainingProcess;
let runFolder: string;
let modelFile: string;
let model: string;
let weightsFile: string;
let weights: Buffer;
let decoy: string;

beforeAll(async () => {
  folder = smallData(200, 10);
  child = startTraining();
  await child.rpc.call('train', {
    folder,
    trainFile: path.join(folder, 'train.csv'),
    runId: 'run',
    config: { preset: 'quick', epochs: 1, seed: 2, engine: 'portable' },
  });
  runFolder = path.join(runsFolder(folder), 'run');
  modelFile = path.join(runFolder, 'model', 'model.json');
  model = fs.readFileSync(modelFile, 'utf8');
  weightsFile = path.join(runFolder, 'model', (JSON.parse(model) as ModelJson).weightsManifest[0]!.paths[0]!);
  weights = fs.readFileSync(weightsFile);
  decoy = path.join(folder, 'decoy.bin');
  fs.writeFileSync(decoy, weights);
});
afterAll(() => {
  child.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

let exports = 0;
/** Needs no engine, and reads the model as every other use of it does. */
const exportTo = (outFolder: string) => child.rpc.call('exportModel', { runFolder, outFolder });

describe('a model made by hand', () => {
  const changes: readonly (readonly [string, (json: ModelJson) => unknown])[] = [
    ['weights out of its folder', json => (json.weightsManifest[0]!.paths = ['../../../../train.csv'])],
    [
      'the right weights out of its folder',
      json => (json.weightsManifest[0]!.paths = [`../../../../${path.basename(decoy)}`]),
    ],
    ['weights at an absolute path', json => (json.weightsManifest[0]!.paths = ['/etc/passwd'])],
    ['no weights', json => (json.weightsManifest = [])],
    ['a layer that runs code of its own', json => (json.modelTopology.config.layers[3]!.class_name = 'Lambda')],
    ['a layer larger than any memory', json => (json.modelTopology.config.layers.at(-1)!.config['units'] = 2 ** 40)],
    [
      'a layer in its middle larger than any memory',
      json => (json.modelTopology.config.layers[0]!.config['filters'] = 2 ** 20),
    ],
    [
      'images larger than any memory',
      json => (json.modelTopology.config.layers[0]!.config['batch_input_shape'] = [null, 2 ** 20, 2 ** 20, 1]),
    ],
    [
      'images of another size',
      json => (json.modelTopology.config.layers[0]!.config['batch_input_shape'] = [null, 24, 24, 1]),
    ],
    [
      'convolutions that grow the image',
      json => (json.modelTopology.config.layers[0]!.config['kernel_size'] = [-1e6, 3]),
    ],
    ['weights of another kind', json => (json.weightsManifest[0]!.weights[0]!.dtype = 'string')],
    [
      'weights that claim more than there are',
      json => (json.weightsManifest[0]!.weights[0]!.shape = [2 ** 30, 2 ** 20]),
    ],
    ['layers that are none', json => (json.modelTopology.config.layers = 7 as never)],
    ['another kind of model', json => (json.modelTopology.class_name = 'GraphModel')],
  ];

  it.each(changes)('with %s is refused, and nothing is written', async (_, change) => {
    const json = JSON.parse(model) as ModelJson;
    change(json);
    fs.writeFileSync(modelFile, JSON.stringify(json));
    const outFolder = path.join(folder, `export-${++exports}`);
    await expect(exportTo(outFolder)).rejects.toMatchObject({
      code: 'read-failed',
      message: `The model in ${path.join(runFolder, 'model')} can't be read; train again.`,
    });
    expect(fs.existsSync(outFolder)).toBe(false);
    fs.writeFileSync(modelFile, model);
  });

  it('is refused before an engine makes its layers', async () => {
    const json = JSON.parse(model) as ModelJson;
    json.modelTopology.config.layers.at(-1)!.config['units'] = 2 ** 40;
    fs.writeFileSync(modelFile, JSON.stringify(json));
    await expect(
      child.rpc.call('submit', {
        runFolder,
        testFile: path.join(folder, 'test.csv'),
        sampleFile: undefined,
        outFile: path.join(folder, 'submission.csv'),
      }),
    ).rejects.toMatchObject({ code: 'read-failed' });
    expect(fs.existsSync(path.join(folder, 'submission.csv'))).toBe(false);
    fs.writeFileSync(modelFile, model);
  });

  it('is refused with weights that are too many, too few or no numbers', async () => {
    const outFolder = path.join(folder, 'export');
    for (const change of [Buffer.concat([weights, Buffer.alloc(4)]), weights.subarray(0, -4)]) {
      fs.writeFileSync(weightsFile, change);
      await expect(exportTo(outFolder)).rejects.toMatchObject({
        code: 'read-failed',
        detail: expect.stringContaining('numbers'),
      });
    }
    fs.truncateSync(weightsFile, 2 ** 30 + 4);
    await expect(exportTo(outFolder)).rejects.toMatchObject({ code: 'read-failed', detail: `${2 ** 30 + 4} bytes` });
    const diverged = Buffer.from(weights);
    diverged.writeFloatLE(NaN, 400);
    fs.writeFileSync(weightsFile, diverged);
    await expect(exportTo(outFolder)).rejects.toMatchObject({
      message:
        "The weights of this run's network are not all numbers, as when a training diverges; train again, with a lower learning rate.",
    });
    fs.writeFileSync(weightsFile, weights);
  });

  it.skipIf(process.platform === 'win32')(
    'is refused with weights that a link leads to: an export would give them away',
    async () => {
      const secret = path.join(folder, '..', `${path.basename(folder)}-secret`);
      fs.writeFileSync(secret, weights);
      fs.rmSync(weightsFile);
      fs.symlinkSync(secret, weightsFile);
      await expect(exportTo(path.join(folder, 'export'))).rejects.toMatchObject({
        code: 'read-failed',
        message: expect.stringContaining('leads out of the folder of the data by a link'),
      });
      fs.rmSync(weightsFile);
      fs.rmSync(secret);
      fs.writeFileSync(weightsFile, weights);
    },
  );
});

describe('an export', () => {
  it('replaces an earlier one, also one that was left half-written', async () => {
    const outFolder = path.join(folder, 'again');
    await exportTo(outFolder);
    const whole = fs.readdirSync(outFolder);
    fs.rmSync(path.join(outFolder, 'index.html'));
    await exportTo(outFolder);
    expect(fs.readdirSync(outFolder)).toEqual(whole);
  });

  it('leaves one alone that somebody went on working in', async () => {
    const outFolder = path.join(folder, 'changed');
    await exportTo(outFolder);
    fs.appendFileSync(path.join(outFolder, 'README.md'), 'mine');
    const before = fs.readFileSync(path.join(outFolder, 'README.md'), 'utf8');
    await expect(exportTo(outFolder)).rejects.toMatchObject({
      code: 'bad-setting',
      message: expect.stringContaining('README.md is in it'),
    });
    expect(fs.readFileSync(path.join(outFolder, 'README.md'), 'utf8')).toBe(before);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    [
      "with a mark of an export beside somebody's data",
      {
        'digits.json': '{"format":"digits-export","files":{"index.html":[""],"__proto__":[]}}',
        'index.html': 'mine',
        'thesis.tex': 'mine',
      },
    ],
    [
      'with a file that only speaks of an export',
      { 'digits.json': '{"about":"digits-export","files":{}}', 'index.html': 'mine' },
    ],
    ['with no mark', { 'index.html': 'mine' }],
  ])('leaves a folder %s as it is', async (_, files) => {
    const outFolder = fs.mkdtempSync(path.join(folder, 'mine-'));
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(outFolder, name), content);
    await expect(exportTo(outFolder)).rejects.toMatchObject({
      code: 'bad-setting',
      message: expect.stringContaining('is not empty and no earlier export'),
    });
    expect(
      Object.fromEntries(
        fs.readdirSync(outFolder).map(name => [name, fs.readFileSync(path.join(outFolder, name), 'utf8')]),
      ),
    ).toEqual(files);
  });

  it.skipIf(process.platform === 'win32')('follows no link, of the folder or in it', async () => {
    const site = fs.mkdtempSync(path.join(folder, 'site-'));
    fs.writeFileSync(path.join(site, 'target'), 'mine');
    const link = path.join(folder, 'link');
    fs.mkdirSync(path.join(site, 'empty'));
    fs.symlinkSync(path.join(site, 'empty'), link);
    await expect(exportTo(link)).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('link is a link'),
    });
    const outFolder = fs.mkdtempSync(path.join(folder, 'linked-'));
    fs.writeFileSync(
      path.join(outFolder, 'digits.json'),
      JSON.stringify({
        format: 'digits-export',
        files: { 'index.html': [createHash('sha256').update('mine').digest('hex')] },
      }),
    );
    fs.symlinkSync(path.join(site, 'target'), path.join(outFolder, 'index.html'));
    await expect(exportTo(outFolder)).rejects.toMatchObject({ code: 'bad-setting' });
    expect(fs.readdirSync(path.join(site, 'empty'))).toEqual([]);
    expect(fs.readFileSync(path.join(site, 'target'), 'utf8')).toBe('mine');
  });

  it('tells a run of any name in its README as text', async () => {
    const hostile = path.join(runsFolder(folder), 'x');
    fs.cpSync(runFolder, hostile, { recursive: true });
    const file = path.join(hostile, 'run.json');
    const id = '`<img src=x onerror=alert(1)>`[a](b)';
    fs.writeFileSync(file, JSON.stringify({ ...(JSON.parse(fs.readFileSync(file, 'utf8')) as object), id }));
    const outFolder = path.join(folder, 'named');
    await child.rpc.call('exportModel', { runFolder: hostile, outFolder });
    expect(fs.readFileSync(path.join(outFolder, 'README.md'), 'utf8')).toContain(
      "run `'<img src=x onerror=alert(1)>'[a](b)`, preset",
    );
    expect(fs.readFileSync(path.join(outFolder, 'index.html'), 'utf8')).not.toContain('onerror');
  });
});

describe('a submission', () => {
  it.skipIf(process.platform === 'win32')('is written through no link', async () => {
    const target = path.join(folder, 'precious');
    fs.writeFileSync(target, 'mine');
    const outFile = path.join(folder, 'submission.csv');
    fs.symlinkSync(target, outFile);
    await expect(
      child.rpc.call('submit', { runFolder, testFile: path.join(folder, 'test.csv'), sampleFile: undefined, outFile }),
    ).rejects.toMatchObject({ code: 'write-failed', message: expect.stringContaining('submission.csv is a link') });
    expect(fs.readFileSync(target, 'utf8')).toBe('mine');
    fs.rmSync(outFile);
  });
});
