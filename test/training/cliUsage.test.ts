import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFullRun } from '../fullRun';
import { runDigits, type Result, type RunOptions } from './runDigits';
import { smallData } from './smallData';

let folder: string;
beforeAll(() => (folder = smallData(200, 10)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs `digits`, in the folder of the data where not said otherwise. */
const digits = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Result> =>
  runDigits(args, { cwd: folder, ...options });

/** As wrong as one of the others: tried in full. */
const otherUsage: readonly (readonly string[])[] = [
  ['evaluate', '.', 'a.csv', 'b.csv'],
  ['export', '.', '--preset', 'quick'],
  ['engine', '.'],
  ['train', '.', '--resume', 'x', '--all-rows'],
  ['train', '.', '--resume', 'x', '--skip-bad-rows'],
  ['submit', '.', '--skip-bad-rows'],
  ['train', '.', '--resume', 'x', '--engine', 'native'],
];

describe('digits', () => {
  it('says which engine computes, how fast, and how the other one does', async () => {
    const { code, events } = await digits(['engine', '--json']);
    expect(code).toBe(0);
    expect(events().filter(({ event }) => event === 'engine')).toMatchObject([
      { name: 'native', imagesPerSecond: expect.any(Number) },
      { name: 'portable', imagesPerSecond: expect.any(Number) },
    ]);
    expect(events().at(-1)).toMatchObject({
      event: 'done',
      choice: 'auto',
      engine: 'native',
      message: expect.stringMatching(/^Digits runs on the native engine, TensorFlow .* images a second/),
    });

    const env = { DIGITS_ENGINE_DIR: path.join(folder, 'none') };
    const without = await digits(['engine'], { env });
    expect(without.code).toBe(0);
    expect(without.stdout).toMatch(
      /\nDigits runs on the portable engine.* The native engine does not run: TensorFlow.*npm run setup/,
    );
    // As a training is below.
    if (!isFullRun) return;
    const refused = await digits(['engine', '--engine', 'native', '--json'], { env });
    expect(refused.code).toBe(1);
    expect(refused.events().at(-1)).toMatchObject({ event: 'error', code: 'no-engine' });
  });

  it('fails with 1 and one sentence, on standard error and as the last object', async () => {
    const { code, stderr, events } = await digits(['train', 'nowhere', '--json']);
    expect(code).toBe(1);
    expect(stderr).toBe('There is no folder nowhere; check its name.\n');
    expect(events()).toEqual([
      { event: 'error', code: 'no-data', message: 'There is no folder nowhere; check its name.' },
    ]);
  });

  it('trains on the portable engine where there is no other, and says why', async () => {
    const { code, stdout } = await digits(
      ['train', '.', '--preset', 'quick', '--limit', '100', '--epochs', '1', '--set', 'processes=1'],
      {
        env: { DIGITS_ENGINE_DIR: path.join(folder, 'none') },
      },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/tfjs WebAssembly/);
    expect(stdout).toMatch(/portable engine.*TensorFlow.*is not installed/);
  });

  it('fails with 1 where there is not the engine that was asked for', async () => {
    const { code, events } = await digits(['train', '.', '--epochs', '1', '--engine', 'native', '--json'], {
      env: { DIGITS_ENGINE_DIR: path.join(folder, 'none') },
    });
    expect(code).toBe(1);
    expect(events().at(-1)).toMatchObject({ event: 'error', code: 'no-engine' });
  });

  it('answers wrong usage with 2', async () => {
    for (const args of [
      ['frobnicate', '.'],
      ['train'],
      ['train', '.', '--epochs', 'many'],
      ['train', '.', '--epochs', '0'],
      ['train', '.', '--preset', 'none'],
      ['inspect', '.', '--epochs', '3'],
      ['train', '.', '--nope'],
      ['runs', '.', '..'],
      ['evaluate', '.'],
      ['train', '.', '--resume', 'x', '--epochs', '3'],
      ['train', '.', '--set', 'nope=1'],
      ...(isFullRun ? otherUsage : []),
    ]) {
      const { code, stderr } = await digits(args);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  it('has help for each command', async () => {
    for (const args of [
      ['--help'],
      ['inspect', '--help'],
      ['train', '-h'],
      ['submit', '--help'],
      ['evaluate', '--help'],
      ['export', '--help'],
      ['runs', '--help'],
      ['engine', '--help'],
    ]) {
      const { code, stdout } = await digits(args);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: digits ${args.length === 1 ? 'COMMAND' : args[0]}`);
    }
  });
});
