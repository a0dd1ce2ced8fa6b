import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsFolder } from '../../src/store/run/runFolder';
import { isFullRun } from '../fullRun';
import { runDigits, type Result } from './runDigits';
import { smallAnswers, smallData } from './smallData';
import { startTraining } from './startTraining';

const trainRows = 600;
const testRows = 200;
let folder: string;
let script: string;
/** Beside the data set, so that what is in it is none of it. */
const others = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-others-'));
const lines = (file: string): string[] => fs.readFileSync(file, 'utf8').trimEnd().split('\n');
const truth = smallAnswers(trainRows, testRows);

beforeAll(async () => {
  folder = smallData(trainRows, testRows);
  const child = startTraining();
  await child.rpc.call('train', {
    folder,
    trainFile: path.join(folder, 'train.csv'),
    runId: 'run',
    config: { preset: 'quick', epochs: 6, seed: 2, engine: 'auto', overrides: { batchSize: 16, processes: 1 } },
  });
  script = path.join(others, 'page');
  await child.rpc.call('exportModel', { runFolder: path.join(runsFolder(folder), 'run'), outFolder: script });
  child.dispose();
});
afterAll(() => {
  for (const each of [folder, others]) fs.rmSync(each, { recursive: true, force: true });
});

/** On the portable engine, which is there sooner. */
const digits = (command: string, data: string, ...more: string[]): Promise<Result> =>
  runDigits([command, data, ...more], { cwd: data, env: { DIGITS_ENGINE_DIR: path.join(others, 'no-engine-here') } });

/** test.csv of the same digits, each row of pixels in another form. */
function rewrite(write: (pixels: readonly number[]) => readonly number[]): string {
  const [header, ...rows] = lines(path.join(folder, 'test.csv'));
  const file = path.join(others, 'other.csv');
  fs.writeFileSync(file, [header, ...rows.map(row => write(row.split(',').map(Number)).join(',')), ''].join('\n'));
  return file;
}

function accuracyOf(answers: readonly string[]): number {
  expect(answers).toHaveLength(testRows);
  return answers.filter((answer, i) => Number(answer) === truth[i]).length / testRows;
}

/** The predictions of a submission and of the exported script, and what both say beside them. */
async function predict(file: string): Promise<readonly { accuracy: number; notes: string }[]> {
  const other = fs.mkdtempSync(path.join(others, 'data-'));
  fs.copyFileSync(path.join(folder, 'train.csv'), path.join(other, 'train.csv'));
  fs.cpSync(path.join(folder, '.digits'), path.join(other, '.digits'), { recursive: true });
  fs.copyFileSync(file, path.join(other, 'test.csv'));
  const { code, stdout } = await digits('submit', other);
  expect(code).toBe(0);
  const submitted = lines(path.join(other, 'submission.csv')).slice(1);
  const classified = spawnSync(process.execPath, [path.join(script, 'classify.mjs'), file], { encoding: 'utf8' });
  expect(classified.status).toBe(0);
  return [
    { accuracy: accuracyOf(submitted.map(line => line.split(',')[1]!)), notes: stdout },
    {
      accuracy: accuracyOf(
        classified.stdout
          .trimEnd()
          .split('\n')
          .slice(1)
          .map(line => line.split(',')[1]!),
      ),
      notes: classified.stderr,
    },
  ];
}

describe('a test file in another form than the training file', () => {
  let own: number;
  beforeAll(async () => {
    const answers = await predict(path.join(folder, 'test.csv'));
    own = answers[0]!.accuracy;
    expect(own).toBeGreaterThan(0.85);
    for (const { accuracy, notes } of answers) {
      expect(accuracy).toBe(own);
      expect(notes).not.toMatch(/scaled|inverted|seem to be/);
    }
  });

  type Form = readonly [string, (value: number) => number, RegExp];
  const sixteen: Form = [
    '0 to 16',
    value => Math.round((value * 16) / 255),
    /has pixel values up to 16 .* were scaled to match/,
  ];
  it.each<Form>([
    ['0 or 1', value => (value > 127 ? 1 : 0), /has pixel values up to 1 .* were scaled to match/],
    ...(isFullRun ? [sixteen] : []),
    ['255 to 0', value => 255 - value, /high values are paper .* were inverted to match/],
  ])('%s is recognised, with a sentence', async (_, write, says) => {
    for (const { accuracy, notes } of await predict(rewrite(pixels => pixels.map(write)))) {
      expect(notes).toMatch(says);
      expect(accuracy).toBeGreaterThan(own - 0.06);
    }
  });
});

/** The place of the pixel that an image of another orientation has at `row` and `column`. */
type Place = (row: number, column: number) => number;

describe('a test file whose images lie otherwise than those of the training file', () => {
  const otherPlaces: readonly (readonly [string, Place])[] = [
    ['transposed (rows and columns exchanged)', (row, column) => column * 28 + row],
    ['mirrored left to right', (row, column) => row * 28 + 27 - column],
  ];
  it.each<readonly [string, Place]>([
    ...(isFullRun ? otherPlaces : []),
    ['turned by 90° to the right', (row, column) => (27 - column) * 28 + row],
  ])('%s is predicted as it is, with a sentence that names the orientation', async (words, place) => {
    const file = rewrite(pixels => pixels.map((_, i) => pixels[place(Math.floor(i / 28), i % 28)]!));
    for (const { accuracy, notes } of await predict(file)) {
      expect(notes).toContain(
        `The images of ${path.basename(notes.includes('this network') ? file : 'test.csv')} seem to be ${words}: `,
      );
      expect(accuracy).toBeLessThan(0.6);
    }
  });

  it('is evaluated with the same sentence', async () => {
    const file = rewrite(pixels => pixels.map((_, i) => pixels[(i % 28) * 28 + Math.floor(i / 28)]!));
    const [header, ...rows] = lines(file);
    const labelled = path.join(folder, 'lying.csv');
    fs.writeFileSync(labelled, [`label,${header}`, ...rows.map((row, i) => `${truth[i]},${row}`), ''].join('\n'));
    const { code, stdout } = await digits('evaluate', folder, 'lying.csv');
    expect(code).toBe(0);
    expect(stdout).toContain('The images of lying.csv seem to be transposed (rows and columns exchanged): ');
  });
});

describe('a training file that was replaced', () => {
  it('is named before the network of another one predicts', async () => {
    const file = path.join(folder, 'train.csv');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(
      file,
      text.replace(/^\d/gm, digit => `1${digit}`),
    );
    try {
      const { code, stdout } = await digits('submit', folder);
      expect(code).toBe(0);
      expect(stdout.split('\n')[0]).toMatch(
        /^train\.csv has changed since the network of this run was trained on it, then with 600 images and the labels 0 to 9; if it is another data set now, train again\.$/,
      );
    } finally {
      fs.writeFileSync(file, text);
    }
  });
});

describe('images that a network was trained on', () => {
  it('are counted among those that it is evaluated on, whatever their file is called', async () => {
    const [header, ...rows] = lines(path.join(folder, 'train.csv'));
    const validation = trainRows / 10;
    fs.writeFileSync(path.join(folder, 'copy.csv'), `${header}\n${[...rows].reverse().join('\n')}\n`);
    const { stdout } = await digits('evaluate', folder, 'copy.csv');
    expect(stdout).toContain(
      `The network was trained on ${trainRows - validation} of these ${trainRows} images, so this says little of images that it has not seen.`,
    );
  });
});
