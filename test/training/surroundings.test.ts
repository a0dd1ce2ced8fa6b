import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runsFolder } from '../../src/store/run/runFolder';
import { contentsBelow } from './contentsBelow';
import { runDigits, type Result } from './runDigits';
import { smallData } from './smallData';

// Where the command line is not as it is at a desk: under nohup, on a plain terminal, with few files, on data of others.

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
const quick = ['--preset', 'quick', '--engine', 'portable', '--set', 'processes=1', '--epochs', '2'];
/** Predicts with the portable engine, which all users have and which is there sooner. */
const env = { DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') };
const nobody = 65534;
const isRoot = process.getuid?.() === 0;

let folder: string;
const digits = (...args: string[]): Promise<Result> => runDigits(args, { cwd: folder, env });
beforeAll(async () => {
  folder = smallData(200, 10);
  await digits('train', '.', ...quick);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Hangs up the whole group of a training after its first epoch; resolves with how it ended. */
function hangUp(program: readonly string[]): Promise<{ readonly code: number | null; readonly signal: unknown }> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(program[0]!, program.slice(1), {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let hungUp = false;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      if (hungUp || !/Epoch 1\//.test(text)) return;
      hungUp = true;
      process.kill(-child.pid!, 'SIGHUP');
    });
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal }));
  });
}

const train = [process.execPath, cli, 'train', '.', ...quick, '--epochs', '4'];
function newestRun(): unknown {
  const newest = fs.readdirSync(runsFolder(folder)).sort().at(-1)!;
  return JSON.parse(fs.readFileSync(path.join(runsFolder(folder), newest, 'run.json'), 'utf8'));
}

it.skipIf(process.platform === 'win32')('a training under nohup goes on after a hang-up', async () => {
  for (const started of [
    ['bash', '-c', 'nohup "$@"', 'bash'],
    // A script that nohup runs; the shell does not become the program.
    ['nohup', 'sh', '-c', '"$@"; exit $?', 'sh'],
  ]) {
    expect(await hangUp([...started, ...train])).toEqual({ code: 0, signal: null });
    expect(newestRun()).toMatchObject({ status: 'done' });
  }
});

it.skipIf(process.platform === 'win32')('a training without a terminal stops at a hang-up as with Ctrl-C', async () => {
  expect(await hangUp(train)).toEqual({ code: 130, signal: null });
  expect(newestRun()).toMatchObject({ status: 'cancelled' });
});

const hasScript = spawnSync('script', ['--version']).status === 0;

it.skipIf(!hasScript)('a training under nohup outlives its terminal, though no shell tells of nohup', async () => {
  const log = path.join(folder, 'nohup.log');
  // Dash names no command in a variable.
  const command = `sh -c 'nohup "$@" > nohup.log 2>&1 < /dev/null; exit' sh ${train.join(' ')}`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, stdio: 'ignore' });
  await vi.waitFor(() => expect(fs.readFileSync(log, 'utf8')).toMatch(/Epoch 1\//), { timeout: 60_000 });
  terminal.kill('SIGKILL');
  await vi.waitFor(() => expect(newestRun()).toMatchObject({ status: 'done' }), { timeout: 60_000 });
});

const onTerminal = (term: string, command: string): string =>
  spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env, TERM: term },
  }).stdout;

it.skipIf(!hasScript)('a terminal without escapes gets plain lines, and another one a bar', () => {
  const command = `${process.execPath} ${cli} submit .`;
  expect(onTerminal('xterm', command)).toContain('\x1b[K');
  const plain = onTerminal('dumb', command);
  expect(plain).toMatch(/^Wrote 10 predictions/m);
  expect(plain).not.toContain('\x1b');
});

it('a submission goes to standard output where that is named, and nothing else does', async () => {
  const before = contentsBelow(folder);
  const { code, stdout, stderr } = await digits('submit', '.', '--out', '-');
  expect([code, stdout.split('\n').length]).toEqual([0, 12]);
  expect(stdout).toMatch(/^ImageId,Label\n(\d+,\d\n){10}$/);
  expect(stderr).toMatch(/^Wrote 10 predictions of run \S+ to standard output\.\n$/);
  expect(Object.keys(contentsBelow(folder))).toEqual(Object.keys(before));
  await digits('submit', '.');
  expect(fs.readFileSync(path.join(folder, 'submission.csv'), 'utf8')).toBe(stdout);
});

it('standard output is not for JSON and a submission at once, and is no folder for an export', async () => {
  for (const args of [
    ['submit', '.', '--out', '-', '--json'],
    ['export', '.', '--out', '-'],
  ])
    expect(await digits(...args)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/standard output/) as string,
    });
});

it.skipIf(process.platform === 'win32')('few open files are named as the cause', () => {
  for (const limit of [22, 30]) {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `ulimit -n ${limit}; exec "$@"`, 'sh', process.execPath, cli, 'train', '.', ...quick],
      { cwd: folder, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([1, expect.stringMatching(/Too few files may be open at once here/)]);
    expect(stderr).not.toContain('log');
  }
});

it('a file of which every row is wrong in the same way has one sentence for it', async () => {
  const broken = fs.mkdtempSync(`${folder}-broken-`);
  try {
    const [header, ...rows] = fs.readFileSync(path.join(folder, 'train.csv'), 'utf8').trimEnd().split('\n');
    const lines = rows.map(row => `${row},7`);
    fs.writeFileSync(path.join(broken, 'train.csv'), `${[header, ...lines].join('\n')}\n`);
    for (const command of ['inspect', 'train']) {
      const { stdout } = await runDigits([command, broken], { cwd: folder, env });
      expect(stdout.match(/, row 1 /g)).toHaveLength(1);
      expect(stdout.match(/, row \d+ \(line/g)).toHaveLength(1);
      expect(stdout).toMatch(/more rows, up to row /);
    }
  } finally {
    fs.rmSync(broken, { recursive: true });
  }
});

it('a folder for runs holds those of data that may only be read, and they train, predict and go on', async () => {
  const place = fs.mkdtempSync('/tmp/digits-runs-');
  const data = fs.mkdtempSync('/tmp/digits-readable-');
  try {
    for (const name of ['train.csv', 'test.csv']) fs.copyFileSync(path.join(folder, name), path.join(data, name));
    fs.chmodSync(data, 0o755);
    fs.chmodSync(place, 0o777);
    const as = (...args: string[]): Promise<Result> =>
      runDigits(args, { cwd: place, env, ...(isRoot && { uid: nobody }) });
    if (isRoot) {
      const refused = await as('train', data, ...quick);
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/may not write .*\.digits, .* "digits\.runsFolder" or the option --runs\.$/m),
      ]);
    }
    const runs = ['--runs', place];
    const trained = await as('train', data, ...quick, ...runs);
    expect([trained.code, trained.stderr]).toEqual([0, '']);
    expect(fs.readdirSync(data).sort()).toEqual(['test.csv', 'train.csv']);
    expect((await as('runs', data, ...runs)).stdout).toMatch(/-quick-.* done/);
    const submitted = await as('submit', data, ...runs, '--out', path.join(place, 'mine.csv'));
    expect([submitted.code, submitted.stderr]).toEqual([0, '']);
    expect(submitted.stdout).not.toContain('not kept');
    const evaluated = await as('evaluate', data, path.join(data, 'train.csv'), ...runs);
    expect(evaluated.code).toBe(0);
    expect(evaluated.stdout).not.toContain('not kept');
    const [run] = fs.readdirSync(path.join(place, data, '.digits', 'runs'));
    expect(fs.readdirSync(path.join(place, data, '.digits', 'runs', run!))).toContain('evaluations');
  } finally {
    fs.rmSync(place, { recursive: true });
    fs.rmSync(data, { recursive: true });
  }
});

it.skipIf(!isRoot)('who may only read a run predicts and evaluates with it, and is told what is not kept', async () => {
  const [readable] = [fs.mkdtempSync('/tmp/digits-readable-')];
  try {
    fs.cpSync(folder, readable, { recursive: true });
    spawnSync('chmod', ['-R', 'a+rX,go-w', readable]);
    const elsewhere = fs.mkdtempSync('/tmp/digits-elsewhere-');
    fs.chmodSync(elsewhere, 0o777);
    const as = (...args: string[]): Promise<Result> => runDigits(args, { cwd: elsewhere, env, uid: nobody });
    const before = contentsBelow(readable);
    const submitted = await as('submit', readable, '--out', path.join(elsewhere, 'mine.csv'));
    expect([submitted.code, submitted.stderr]).toEqual([0, '']);
    expect(submitted.stdout).toMatch(/The predictions are not kept with run \S+, because its folder may only be read/);
    expect(fs.readFileSync(path.join(elsewhere, 'mine.csv'), 'utf8')).toMatch(/^ImageId,Label\n/);
    const evaluated = await as('evaluate', readable, path.join(readable, 'train.csv'));
    expect([evaluated.code, evaluated.stderr]).toEqual([0, '']);
    expect(evaluated.stdout).toMatch(/of 200 images of train.csv right/);
    expect(evaluated.stdout).toMatch(/The result is not kept with run \S+, because its folder may only be read/);
    expect(contentsBelow(readable)).toEqual(before);
    fs.rmSync(elsewhere, { recursive: true });
  } finally {
    fs.rmSync(readable, { recursive: true });
  }
});
