import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallAnswers, smallData } from './smallData';

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');

let folder: string;
beforeAll(() => (folder = smallData(640, 100)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the objects it holds. */
  readonly events: () => Record<string, unknown>[];
}

/** Runs `digits` with these arguments; `onLine` may act on what it prints. */
function digits(args: readonly string[], { env = {}, onLine }: { readonly env?: Record<string, string>; readonly onLine?: (line: string, kill: (signal: NodeJS.Signals) => void) => void } = {}): Promise<Result> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (const line of text.split('\n')) onLine?.(line, signal => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', code => resolve({ code, stdout, stderr, events: () => stdout.trimEnd().split('\n').map(line => JSON.parse(line) as Record<string, unknown>) }));
  });
}

describe('digits', () => {
  it('inspects a folder', async () => {
    const { code, events } = await digits(['inspect', '.', '--json']);
    expect(code).toBe(0);
    expect(events().at(-1)).toMatchObject({
      event: 'done',
      files: [
        { file: 'train.csv', kind: 'train', rows: 640, classes: 10, problems: [] },
        { file: 'test.csv', kind: 'test', rows: 100, classes: 0, problems: [] },
      ],
    });
  });

  it('inspects a damaged file: every row that can\'t be read, with its number', async () => {
    const damaged = smallData(50, 5);
    const file = path.join(damaged, 'train.csv');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(file, lines.with(7, lines[7]!.replace(/,\d+$/, '')).with(30, lines[30]!.replace(/,\d+$/, ',300')).join('\n'));
    const { code, events } = await digits(['inspect', damaged, '--json']);
    expect(code).toBe(0);
    const [train] = events().at(-1)!['files'] as { rows: number; problems: { row: number; message: string }[] }[];
    expect(train!.rows).toBe(50);
    expect(train!.problems.map(({ row }) => row)).toEqual([7, 30]);
    for (const { row, message } of train!.problems) expect(message).toContain(`train.csv, row ${row}`);
    fs.rmSync(damaged, { recursive: true });
  });

  it('trains, lists the run and writes a submission', async () => {
    const trained = await digits(['train', '.', '--preset', 'notebook', '--epochs', '5', '--seed', '3', '--json']);
    expect(trained.code).toBe(0);
    const done = trained.events().at(-1)!;
    expect(done).toMatchObject({ event: 'done', engine: 'native', epochs: 5, run: expect.any(String), seconds: expect.any(Number), valAccuracy: expect.any(Number) });
    expect(trained.events().filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);

    const runs = await digits(['runs', '.', '--json']);
    expect(runs.events()[0]).toMatchObject({ event: 'run', run: done['run'], status: 'done', seed: 3 });

    const submitted = await digits(['submit', '.', '--run', String(done['run']), '--out', 'mine.csv', '--json']);
    expect(submitted.code).toBe(0);
    expect(submitted.events().at(-1)).toMatchObject({ event: 'done', file: path.join(fs.realpathSync(folder), 'mine.csv'), rows: 100 });
    const lines = fs.readFileSync(path.join(folder, 'mine.csv'), 'utf8').split('\n');
    expect(lines).toHaveLength(102);
    expect(smallAnswers(640, 100).filter((answer, i) => lines[i + 1] === `${i + 1},${answer}`).length).toBeGreaterThan(50);
  });

  it('trains on the first rows only when asked to', async () => {
    const { code, events } = await digits(['train', '.', '--limit', '200', '--epochs', '1', '--json']);
    expect(code).toBe(0);
    expect(events().find(({ event }) => event === 'started')).toMatchObject({ trainingRows: 180, validationRows: 20 });
  });

  it('ends with 130 after Ctrl-C and says what is kept', async () => {
    const { code, stderr, events } = await digits(['train', '.', '--epochs', '500', '--json'], { onLine: (line, kill) => line.includes('"event":"epoch"') && kill('SIGINT') });
    expect(code).toBe(130);
    expect(events().at(-1)).toMatchObject({ event: 'error', code: 'cancelled' });
    expect(stderr).toMatch(/^Cancelled; epoch \d+ is kept in run /m);
  });

  it('fails with 1 and one sentence, on standard error and as the last object', async () => {
    const { code, stderr, events } = await digits(['train', 'nowhere', '--json']);
    expect(code).toBe(1);
    expect(stderr).toBe('There is no folder nowhere; check its name.\n');
    expect(events()).toEqual([{ event: 'error', code: 'no-data', message: 'There is no folder nowhere; check its name.' }]);
  });

  it('fails with 1 where there is no engine', async () => {
    const { code, events } = await digits(['train', '.', '--epochs', '1', '--json'], { env: { DIGITS_ENGINE_DIR: path.join(folder, 'none') } });
    expect(code).toBe(1);
    expect(events().at(-1)).toMatchObject({ event: 'error', code: 'no-engine' });
  });

  it('answers wrong usage with 2', async () => {
    for (const args of [['frobnicate', '.'], ['train'], ['train', '.', '--epochs', 'many'], ['train', '.', '--epochs', '0'], ['train', '.', '--preset', 'none'], ['inspect', '.', '--epochs', '3'], ['train', '.', '--nope'], ['runs', '.', '..']]) {
      const { code, stderr } = await digits(args);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  it('has help for each command', async () => {
    for (const args of [['--help'], ['inspect', '--help'], ['train', '-h'], ['submit', '--help'], ['runs', '--help']]) {
      const { code, stdout } = await digits(args);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: digits ${args.length === 1 ? 'COMMAND' : args[0]}`);
    }
  });
});
