import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readHistory, readRun, runsFolder } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import type { TrainingEvents } from '../../src/protocol/training';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { markedProcesses } from './processes';
import { runDigits, type Result } from './runDigits';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

// What befalls the folder of the data and that of a run while Digits trains and writes.

const config: RunConfig = {
  preset: 'quick',
  epochs: 60,
  seed: 3,
  engine: 'portable',
  overrides: { batchSize: 16, processes: 1 },
};
const nobody = 65_534;
const mark = randomUUID();

let folder: string;
let child: TrainingProcess | undefined;
beforeAll(() => (folder = smallData(200, 50)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  child?.dispose();
  child = undefined;
  if (process.platform === 'linux') await vi.waitFor(() => expect(markedProcesses(mark)).toEqual([]), 20_000);
});

function start(events: Partial<TrainingEvents> = {}): TrainingProcess {
  child = startTraining(events, { environment: { DIGITS_TEST_MARK: mark } });
  return child;
}

const runFolderOf = (id: string, data = folder): string => path.join(runsFolder(data), id);
const job = (runId: string, changes: Partial<RunConfig> = {}, data = folder) => ({
  folder: data,
  trainFile: path.join(data, 'train.csv'),
  runId,
  config: { ...config, ...changes },
});

describe('while it trains', () => {
  it.each(['deleted', 'renamed'] as const)(
    "a run's folder that is %s ends the training with a sentence, and is not made again",
    async how => {
      const runFolder = runFolderOf(how);
      const training = start({
        epoch: ({ epoch }) => {
          if (epoch !== 2) return;
          if (how === 'deleted') fs.rmSync(runFolder, { recursive: true, force: true, maxRetries: 5 });
          else fs.renameSync(runFolder, `${runFolder}-elsewhere`);
        },
      });
      await expect(training.rpc.call('train', job(how))).rejects.toMatchObject({
        code: 'write-failed',
        message: `The folder of run ${how} was deleted or renamed while it trained; resume the run where its folder is now, or train again.`,
      });
      expect(fs.existsSync(runFolder)).toBe(false);
      if (how === 'deleted') return;
      training.dispose();
      await expect.poll(async () => (await readRun(`${runFolder}-elsewhere`)).status).toBe('interrupted');
      const [run, history] = await Promise.all([
        readRun(`${runFolder}-elsewhere`),
        readHistory(`${runFolder}-elsewhere`),
      ]);
      expect(run.bestEpoch).toBe(history.length);
      expect(history.length).toBeGreaterThanOrEqual(2);
    },
  );

  it('a data folder that is renamed ends the training, and the run goes on where it is now', async () => {
    const [data, now] = [path.join(folder, 'data'), path.join(folder, 'renamed')];
    fs.mkdirSync(data);
    fs.copyFileSync(path.join(folder, 'train.csv'), path.join(data, 'train.csv'));
    const training = start({ epoch: ({ epoch }) => epoch === 1 && fs.renameSync(data, now) });
    await expect(training.rpc.call('train', job('moved', { epochs: 5 }, data))).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('The folder of run moved was deleted or renamed'),
    });
    expect(fs.existsSync(data)).toBe(false);
    training.dispose();
    await expect.poll(async () => (await readRun(runFolderOf('moved', now))).status).toBe('interrupted');
    await expect(
      start().rpc.call('train', { ...job('moved', { epochs: 5 }, now), resume: true }),
    ).resolves.toMatchObject({ status: 'done', bestEpoch: 5 });
  });
});

describe('where a training begins', () => {
  it('a file .digits is named, with what to do about it', async () => {
    const data = path.join(folder, 'occupied');
    fs.mkdirSync(data);
    fs.copyFileSync(path.join(folder, 'train.csv'), path.join(data, 'train.csv'));
    fs.writeFileSync(path.join(data, '.digits'), 'mine');
    await expect(start().rpc.call('train', job('never', {}, data))).rejects.toMatchObject({
      code: 'write-failed',
      message: `${path.join(data, '.digits')} is a file, and Digits keeps its runs in a folder of that name; rename the file and train again.`,
    });
    expect(fs.readFileSync(path.join(data, '.digits'), 'utf8')).toBe('mine');
    expect(fs.readdirSync(data).sort()).toEqual(['.digits', 'train.csv']);
  });

  it.skipIf(process.platform === 'win32')(
    'a link .digits to a folder elsewhere is named, and nothing is written there',
    async () => {
      const [data, elsewhere] = [path.join(folder, 'linked'), path.join(folder, 'elsewhere')];
      for (const made of [data, elsewhere]) fs.mkdirSync(made);
      fs.copyFileSync(path.join(folder, 'train.csv'), path.join(data, 'train.csv'));
      fs.symlinkSync(elsewhere, path.join(data, '.digits'));
      await expect(start().rpc.call('train', job('there', { epochs: 1 }, data))).rejects.toMatchObject({
        code: 'write-failed',
        message: expect.stringContaining('leads out of the folder of the data by a link'),
      });
      expect(fs.readdirSync(elsewhere)).toEqual([]);
      expect(fs.lstatSync(path.join(data, '.digits')).isSymbolicLink()).toBe(true);
    },
  );
});

describe.skipIf(process.platform === 'win32')('to a user who may not write', () => {
  let data: string;
  /** As a user who is not root: root may write everywhere. On the engine that all users have. */
  const digits = (...args: string[]): Promise<Result> =>
    runDigits(args, {
      cwd: data,
      ...(process.getuid!() === 0 && { uid: nobody }),
      env: { DIGITS_ENGINE_DIR: path.join(data, 'none'), DIGITS_TEST_MARK: mark },
    });
  const give = (place: string): void => (process.getuid!() === 0 ? fs.chownSync(place, nobody, nobody) : undefined);

  beforeAll(() => {
    data = smallData(100, 20);
    for (const place of [data, path.join(data, 'train.csv'), path.join(data, 'test.csv')]) give(place);
  });
  afterAll(() => fs.rmSync(data, { recursive: true, force: true }));

  it('a read-only folder is named where a training, a submission or an export begins, and stays as it is', async () => {
    fs.chmodSync(data, 0o555);
    const refused = await digits('train', '.', '--preset', 'quick');
    expect([refused.code, refused.stderr]).toEqual([
      1,
      `Digits may not write ${path.join(fs.realpathSync(data), '.digits')}, where it would keep its runs; name another folder for runs, with the setting "digits.runsFolder" or the option --runs.\n`,
    ]);
    expect(fs.readdirSync(data).sort()).toEqual(['test.csv', 'train.csv']);

    fs.chmodSync(data, 0o755);
    expect(await digits('train', '.', '--preset', 'quick', '--epochs', '1', '--set', 'processes=1')).toMatchObject({
      code: 0,
    });
    const submission = path.join(data, 'submission.csv');
    fs.chmodSync(data, 0o555);
    const submitted = await digits('submit', '.');
    expect([submitted.code, submitted.stderr]).toEqual([
      1,
      'Digits may not write submission.csv; change its permissions and try again.\n',
    ]);
    const exported = await digits('export', '.', '--out', 'page');
    expect([exported.code, exported.stderr]).toEqual([
      1,
      `Digits may not write ${path.join(fs.realpathSync(data), 'page')}; change its permissions and try again.\n`,
    ]);
    fs.chmodSync(data, 0o755);
    expect(fs.readdirSync(data).sort()).toEqual(['.digits', 'test.csv', 'train.csv']);

    fs.writeFileSync(submission, 'mine');
    give(submission);
    fs.chmodSync(submission, 0o444);
    const kept = await digits('submit', '.');
    expect([kept.code, kept.stderr]).toEqual([
      1,
      'Digits may not write submission.csv; change its permissions and try again.\n',
    ]);
    expect(fs.readFileSync(submission, 'utf8')).toBe('mine');

    fs.rmSync(submission);
    fs.mkdirSync(submission);
    const folderThere = await digits('submit', '.');
    expect([folderThere.code, folderThere.stderr]).toEqual([
      1,
      'submission.csv is a folder, not a file; rename it or choose another file.\n',
    ]);
    fs.rmdirSync(submission);
  });

  it("a run's folder that may no longer be written stops the training after its last epoch, and it goes on once it may", async () => {
    let runFolder = '';
    const stopped = await runDigits(
      ['train', '.', '--preset', 'quick', '--epochs', '8', '--set', 'batchSize=16', '--set', 'processes=1', '--json'],
      {
        cwd: data,
        ...(process.getuid!() === 0 && { uid: nobody }),
        env: { DIGITS_ENGINE_DIR: path.join(data, 'none'), DIGITS_TEST_MARK: mark },
        onLine: line => {
          const found = /"event":"started","run":"([^"]+)"/.exec(line);
          if (found) runFolder = path.join(runsFolder(data), found[1]!);
          if (line.includes('"epoch":2,') && line.includes('"event":"epoch"')) fs.chmodSync(runFolder, 0o555);
        },
      },
    );
    fs.chmodSync(runFolder, 0o755);
    const ended = (await readHistory(runFolder)).length;
    expect(ended).toBeGreaterThanOrEqual(2);
    expect(stopped.events().at(-1)).toMatchObject({
      event: 'error',
      code: 'write-failed',
      message: expect.stringMatching(
        new RegExp(
          `^Digits may not write \\S+; change its permissions and try again\\. Resume run ${path.basename(runFolder)} to continue after epoch ${ended}\\.$`,
        ),
      ),
    });
    expect((await readRun(runFolder)).status).toBe('interrupted');
    expect(await digits('train', '.', '--resume', path.basename(runFolder))).toMatchObject({ code: 0 });
  });
});
