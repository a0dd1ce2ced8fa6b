import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readEvaluation } from '../../src/store/run/evaluations';
import { runsFolder, readPredictions } from '../../src/store/run/runFolder';
import type { PresetName } from '../../src/core/presets';
import { TrainingProcess } from '../../src/processes/trainingProcess';
import { smallData } from './smallData';

// What a trained network is good for: labelled files are evaluated, and the network leaves Digits.

const bundle = path.resolve(import.meta.dirname, '../../dist/training.js');
const nothing = (): void => undefined;
const presets = ['quick', 'notebook'] as const;

let folder: string;
let child: TrainingProcess | undefined;
/** Of train.csv, the header first. */
let lines: string[];
const inFolder = (name: string): string => path.join(folder, name);
const runFolder = (preset: PresetName): string => path.join(runsFolder(folder), preset);

function start(): TrainingProcess {
  child?.dispose();
  return (child = new TrainingProcess(bundle, { progress: nothing, started: nothing, epoch: nothing }));
}

/** Writes these lines of train.csv, changed or not, as a file of their own. */
function writeLines(name: string, chosen: readonly string[]): string {
  fs.writeFileSync(
    inFolder(name),
    `${[lines[0]!.replaceAll(/pixel(\d+)/g, (_, i) => `pixel${Number(i) + 1}`), ...chosen].join('\n')}\n`,
  );
  return inFolder(name);
}

beforeAll(async () => {
  folder = smallData(640, 10);
  lines = fs.readFileSync(inFolder('train.csv'), 'utf8').trimEnd().split('\n');
  for (const preset of presets) {
    const overrides = { batchSize: 32, processes: 1, ...(preset === 'notebook' && { width: 0.25 }) };
    const config = { preset, epochs: 1, seed: 2, engine: 'auto', overrides } as const;
    await start().rpc.call('train', { folder, trainFile: inFolder('train.csv'), runId: preset, config });
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.dispose());

describe('an evaluation', () => {
  it('says of the validation rows what the training said of them, under other column names', async () => {
    const validation = (await readPredictions(runFolder('quick'), 'validation'))!;
    const file = writeLines(
      'labelled.csv',
      [...validation.rows].map(row => lines[row]!),
    );
    const evaluation = await start().rpc.call('evaluate', { runFolder: runFolder('quick'), file });
    expect(evaluation).toMatchObject({ file: 'labelled.csv', images: 64 });
    const { predictions } = await readEvaluation(runFolder('quick'), evaluation.id);
    expect(predictions.labels).toEqual(validation.labels);
    expect([...predictions.rows]).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
    predictions.probabilities.forEach((value, i) =>
      expect(Math.abs(value - validation.probabilities[i]!)).toBeLessThan(1e-4),
    );
  });

  it('is refused with a sentence where file and run do not fit', async () => {
    const relabelled =
      (label: number) =>
      (line: string): string =>
        line.replace(/^\d+/, String(label));
    const files = {
      label: writeLines('eleven.csv', [lines[1]!, ...lines.slice(2, 4).map(relabelled(11))]),
      row: writeLines('short.csv', [lines[1]!, lines[2]!.replace(/,\d+$/, ''), lines[3]!.replace(/,\d+$/, ',999')]),
      unlabelled: inFolder('test.csv'),
      side: inFolder('side.csv'),
      missing: inFolder('nothing.csv'),
    };
    fs.writeFileSync(files.side, 'label,pixel0,pixel1,pixel2,pixel3\n1,0,0,0,0\n');
    const { rpc } = start();
    const evaluate = (file: string) => rpc.call('evaluate', { runFolder: runFolder('quick'), file });
    await expect(evaluate(files.label)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(
        /^eleven\.csv has the label 11 \(rows 2, 3\), which run quick was not trained on; /,
      ),
    });
    await expect(evaluate(files.row)).rejects.toMatchObject({
      code: 'bad-row',
      message: expect.stringMatching(/^short\.csv, row 2 /),
      detail: expect.stringMatching(/^short\.csv, row 2 .*\nshort\.csv, row 3 .*$/),
    });
    await expect(evaluate(files.unlabelled)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/^test\.csv has no column "label"/),
    });
    await expect(evaluate(files.side)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/^side\.csv has images of 2x2 pixels and run quick was trained on 28x28/),
    });
    await expect(evaluate(files.missing)).rejects.toMatchObject({ code: 'read-failed' });
    expect(fs.readdirSync(path.join(runFolder('quick'), 'evaluations'))).toHaveLength(1);
  });
});

describe('an export', () => {
  it.each(presets)(
    'of the preset %s predicts in plain tfjs, and by its own script, what Digits predicted',
    async preset => {
      const outFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-export-'));
      await start().rpc.call('exportModel', { runFolder: runFolder(preset), outFolder });
      const { rows, labels, probabilities } = (await readPredictions(runFolder(preset), 'validation'))!;
      const first = [...rows.subarray(0, 12)].map(row => lines[row]!);
      const expected = probabilities.subarray(0, 120);

      const images = first.map(line => line.split(',').slice(1).map(Number));
      const plain = JSON.parse(
        execFileSync(process.execPath, [path.join(import.meta.dirname, 'plainTfjs.mjs'), outFolder], {
          input: JSON.stringify(images),
          encoding: 'utf8',
          stdio: ['pipe', 'pipe', 'ignore'],
        }),
      ) as number[][];
      plain.flat().forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4));
      expect(plain.flat()).toHaveLength(120);

      const printed = execFileSync(
        process.execPath,
        [path.join(outFolder, 'classify.mjs'), writeLines('twelve.csv', first), '--probabilities'],
        { cwd: os.tmpdir(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const table = printed
        .trimEnd()
        .split('\n')
        .map(line => line.split(','));
      expect(table[0]).toEqual(['row', 'label', 'predicted', ...Array.from({ length: 10 }, (_, i) => `p${i}`)]);
      expect(table.slice(1).map(([row, label]) => [row, label])).toEqual(
        [...labels!.subarray(0, 12)].map((label, i) => [String(i + 1), String(label)]),
      );
      table
        .slice(1)
        .flatMap(line => line.slice(3).map(Number))
        .forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4));
      fs.rmSync(outFolder, { recursive: true });
    },
  );

  it('brings an image of each class that the network has not trained on', async () => {
    const outFolder = inFolder('exported');
    await start().rpc.call('exportModel', { runFolder: runFolder('quick'), outFolder });
    const script = fs.readFileSync(path.join(outFolder, 'model.js'), 'utf8');
    const { examples, info } = JSON.parse(script.slice(script.indexOf('{'), script.lastIndexOf('}') + 1)) as {
      examples: { label: number; pixels: string }[];
      info: { inkBox: number };
    };
    expect(info.inkBox).toBe(20);
    expect(examples.map(({ label }) => label)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const unseen = [...(await readPredictions(runFolder('quick'), 'validation'))!.rows].map(row => lines[row]!);
    for (const { label, pixels } of examples)
      expect(unseen).toContain(`${label},${[...Buffer.from(pixels, 'base64')].join(',')}`);
  });

  it('replaces an earlier export and nothing else', async () => {
    const { rpc } = start();
    const outFolder = inFolder('again');
    await rpc.call('exportModel', { runFolder: runFolder('quick'), outFolder });
    fs.writeFileSync(path.join(outFolder, 'notes.txt'), 'mine');
    const before = fs.readdirSync(outFolder).filter(name => name.endsWith('.bin'));
    await rpc.call('exportModel', { runFolder: runFolder('notebook'), outFolder });
    const after = fs.readdirSync(outFolder).filter(name => name.endsWith('.bin'));
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(fs.readFileSync(path.join(outFolder, 'notes.txt'), 'utf8')).toBe('mine');
    await expect(rpc.call('exportModel', { runFolder: runFolder('quick'), outFolder: folder })).rejects.toMatchObject({
      code: 'bad-setting',
      message: expect.stringContaining('is not empty'),
    });
    await expect(
      rpc.call('exportModel', { runFolder: runFolder('quick'), outFolder: inFolder('train.csv') }),
    ).rejects.toMatchObject({ code: 'bad-setting', message: expect.stringContaining('is a file') });
  });
});
