import { execFileSync, spawn, type SpawnOptions } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHistory, readRun, runsFolder } from '../../src/store/run/runFolder';
import { isFullRun } from '../fullRun';
import { smallDisk } from '../fixtures/smallDisk';
import { runDigits } from './runDigits';
import { smallData } from './smallData';

// Standard output that can't be written to its end: never a success.

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
const short = ['--set', 'batchSize=16', '--set', 'processes=1'];
const quick = ['--preset', 'quick', '--epochs', '1', '--engine', 'portable', ...short];
const fullDevice = '/dev/full';

let folder: string;
let run: string;
beforeAll(async () => {
  folder = smallData(300, 100);
  await runDigits(['train', '.', ...quick], { cwd: folder });
  [run] = fs.readdirSync(runsFolder(folder)) as [string];
  await runDigits(['export', '.', '--out', 'page'], { cwd: folder });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface End {
  readonly code: number | null;
  readonly stderr: string;
}

function end(
  program: string,
  args: readonly string[],
  stdout: NonNullable<SpawnOptions['stdio']>[number],
): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', stdout as number, 'pipe'] });
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', code => resolve({ code, stderr }));
  });
}

/** Runs a program of Node with standard output to a file or device. */
async function into(file: string, args: readonly string[]): Promise<End> {
  const descriptor = fs.openSync(file, 'w');
  try {
    return await end(process.execPath, args, descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Runs a program of Node with standard output to a pipe whose reader is gone. */
async function intoNobody(args: readonly string[]): Promise<End> {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = fs.openSync(pipe, 'r+');
  const writer = fs.openSync(pipe, 'w');
  fs.closeSync(reader);
  try {
    return await end(process.execPath, args, writer);
  } finally {
    fs.closeSync(writer);
    fs.rmSync(pipe);
  }
}

/** Runs a program of Node with standard output to a shell's pipe, of which no more than so many lines are read. */
async function intoHead(lines: number, args: readonly string[]): Promise<End> {
  const { stderr } = await end(
    'sh',
    ['-c', `{ "$@"; echo "exit $?" >&2; } | head -n ${lines}`, 'sh', process.execPath, ...args],
    'ignore',
  );
  const [, before, code] = /^([^]*)exit (\d+)\n$/.exec(stderr)!;
  return { code: Number(code), stderr: before! };
}

const newRun = (): string => fs.readdirSync(runsFolder(folder)).find(id => id !== run)!;
const dropRun = (id: string): void => fs.rmSync(path.join(runsFolder(folder), id), { recursive: true });

/** These write as one of the others does, and most load an engine first: tried in full. */
const others: readonly (readonly string[])[] = [
  [cli, 'runs', '.'],
  [cli, 'evaluate', '.', 'train.csv'],
  [cli, 'evaluate', '.', 'train.csv', '--json'],
  [cli, 'submit', '.'],
  [cli, 'export', '.', '--out', 'page'],
  [cli, 'engine', '--json'],
];
/** What tells something at its end, and is told to tell a reader who is gone. */
const commands = (): readonly (readonly string[])[] => [
  [cli, '--help'],
  [cli, 'inspect', '.'],
  [cli, 'inspect', '.', '--json'],
  [cli, 'submit', '.', '--out', '-'],
  [cli, 'runs', 'nowhere', '--json'],
  [path.join(folder, 'page', 'classify.mjs'), 'test.csv'],
  ...(isFullRun ? others : []),
];

describe.skipIf(!fs.existsSync(fullDevice))('output on a full disk', () => {
  const full = 'The disk is full, so standard output could not be written; free some space and try again.\n';

  it('ends a command with one sentence and 1', async () => {
    for (const args of commands()) {
      const { code, stderr } = await into(fullDevice, args);
      const own = args.includes('nowhere') ? 'There is no folder nowhere; check its name.\n' : full;
      expect([args, code, stderr]).toEqual([args, 1, own]);
    }
  });

  it('stops a training, which says what is kept', async () => {
    // A new run has a word about few rows before it begins; one that goes on has none.
    await intoHead(3, [cli, 'train', '.', ...quick, '--epochs', '400']);
    const { code, stderr } = await into(fullDevice, [cli, 'train', '.', '--resume', newRun()]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^The disk is full, so standard output could not be written; (no epoch had ended|epoch \d+ is kept in run \S+; "digits train \. --resume \S+" goes on)\.\n$/,
      ),
    ]);
    const id = newRun();
    expect(await readRun(path.join(runsFolder(folder), id))).toMatchObject({ status: 'cancelled' });
    dropRun(id);
  });

  it('is noticed where there is room for a part of the last line', async context => {
    const disk = smallDisk(1 << 20);
    if (typeof disk === 'string') return context.skip(disk);
    const file = path.join(disk.path, 'output');
    for (const args of [
      [cli, 'inspect', '.', '--json'],
      [path.join(folder, 'page', 'classify.mjs'), 'test.csv'],
    ]) {
      const whole = path.join(folder, 'whole.txt');
      expect(await into(whole, args)).toMatchObject({ code: 0 });
      const { size } = fs.statSync(whole);
      fs.rmSync(whole);
      // Pages are what there is of a disk in memory: the file has room for whole pages of its bytes.
      const page = 4096;
      const room = Math.floor(size / page) * page;
      fs.writeFileSync(file, 'x'.repeat(page - (size - room) + 1));
      disk.fill(room);
      const descriptor = fs.openSync(file, 'a');
      const { code, stderr } = await end(process.execPath, args, descriptor);
      fs.closeSync(descriptor);
      expect([args, code, stderr]).toEqual([args, 1, full]);
      disk.free();
      fs.rmSync(file);
    }
    disk.remove();
  });
});

describe.skipIf(process.platform === 'win32')('a reader who is gone', () => {
  it('ends a command with 141, and with no word where it has done nothing wrong', async () => {
    for (const args of commands()) {
      const { code, stderr } = await intoNobody(args);
      expect([args, code, stderr]).toEqual([
        args,
        141,
        args.includes('nowhere') ? 'There is no folder nowhere; check its name.\n' : '',
      ]);
    }
  });

  it('stops a training as Ctrl-C does: with 141, its epochs kept, and to be resumed', async () => {
    // The word about few rows, and the run.
    const { code, stderr } = await intoHead(2, [cli, 'train', '.', ...quick, '--epochs', '400']);
    const id = newRun();
    const runFolder = path.join(runsFolder(folder), id);
    const stopped = await readRun(runFolder);
    expect([code, stderr]).toEqual([
      141,
      `Standard output was closed; epoch ${stopped.bestEpoch} is kept in run ${id}; "digits train . --resume ${id}" goes on.\n`,
    ]);
    expect(stopped).toMatchObject({ status: 'cancelled' });
    const { length } = await readHistory(runFolder);
    expect(length).toBeLessThan(400);
    const onward = await intoHead(2, [cli, 'train', '.', '--resume', id]);
    expect(onward.code).toBe(141);
    expect((await readHistory(runFolder)).length).toBeGreaterThan(length);
    dropRun(id);
  });
});
