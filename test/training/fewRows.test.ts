import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPixelFile } from '../../src/store/pixelFile/readPixelFile';
import { isFullRun } from '../fullRun';
import { runDigits, type Result } from './runDigits';
import { smallAnswers, smallData } from './smallData';

// What a user of few rows gets: networks that learned in enough steps, or a sentence.

const rows = 300;
const tests = 500;
let folder: string;
beforeAll(() => (folder = smallData(rows, tests)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

// One thread and one process: the same weights everywhere.
const digits = (...args: string[]): Promise<Result> =>
  runDigits(args, { cwd: folder, env: { TF_NUM_INTRAOP_THREADS: '1' } });
const train = (...args: string[]): Promise<Result> => digits('train', '.', '--set', 'processes=1', '--json', ...args);

/** The share of the test images that the newest run has right. */
async function accuracy(): Promise<number> {
  expect(await digits('submit', '.', '--out', 'out.csv')).toMatchObject({ code: 0 });
  const lines = fs.readFileSync(path.join(folder, 'out.csv'), 'utf8').trim().split('\n').slice(1);
  return shareRight(lines.map(line => Number(line.split(',')[1])));
}

const shareRight = (labels: readonly number[]): number =>
  smallAnswers(rows, tests).filter((answer, i) => answer === labels[i]).length / tests;

/** What the label of the nearest training image gets right. */
async function nearestNeighbour(): Promise<number> {
  const size = 784;
  const { pixels, labels } = await readPixelFile(path.join(folder, 'train.csv'));
  const { pixels: images } = await readPixelFile(path.join(folder, 'test.csv'));
  const distance = (image: number, row: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (images[image * size + i]! - pixels[row * size + i]!) ** 2;
    return sum;
  };
  return shareRight(
    Array.from({ length: tests }, (_, image) => {
      let nearest = { row: 0, distance: Infinity };
      for (let row = 0; row < rows; row++) {
        const candidate = { row, distance: distance(image, row) };
        if (candidate.distance < nearest.distance) nearest = candidate;
      }
      return Number(labels![nearest.row]);
    }),
  );
}

describe('few rows', () => {
  it.each(isFullRun ? ['quick', 'balanced'] : ['quick'])(
    'make a network of %s that beats the nearest neighbour, in as many epochs as it chooses',
    async preset => {
      // Half as wide, it takes less time and is nearly as good.
      const { code, events } = await train('--preset', preset, '--set', 'width=0.5');
      expect(code).toBe(0);
      expect(events()).toContainEqual(
        expect.objectContaining({
          event: 'note',
          message: expect.stringContaining(`so ${preset} trains with 119 epochs`),
        }),
      );
      // Ten points better: a network of 119 steps of whole batches, or without augmentation, is too.
      expect(await accuracy()).toBeGreaterThan((await nearestNeighbour()) + 0.1);
    },
  );

  it('are recognised after few steps too, where the user wants no more', async () => {
    expect(await train('--preset', 'quick', '--epochs', '2')).toMatchObject({ code: 0 });
    // 16 steps. With means that lag behind the weights it is a guess.
    expect(await accuracy()).toBeGreaterThan(0.6);
  });

  it('that were not learned but memorised are told of, on the command line and in the run', async () => {
    const file = path.join(folder, 'train.csv');
    const whole = fs.readFileSync(file, 'utf8');
    // Labels that say nothing of their images.
    const [header, ...lines] = whole.trim().split('\n');
    fs.writeFileSync(
      file,
      `${[header, ...lines.slice(0, 100).map((line, i) => line.replace(/^\d/, String((i * 7) % 10)))].join('\n')}\n`,
    );
    const often = ['--epochs', '40', '--set', 'batchSize=10'];
    const { code, events } = await train('--preset', 'quick', '--set', 'validationShare=0.4', ...often);
    fs.writeFileSync(file, whole);
    expect(code).toBe(0);
    const told = events().filter(
      ({ event, message }) => event === 'warning' && /more augmentation/.test(String(message)),
    );
    expect(told).toHaveLength(1);
    const { run } = events().at(-1)!;
    const record = JSON.parse(
      fs.readFileSync(path.join(folder, '.digits', 'runs', String(run), 'run.json'), 'utf8'),
    ) as { data: { warnings: string[] } };
    expect(record.data.warnings).toContain(told[0]!['message']);
  });
});
