import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEvaluations, readEvaluation } from '../../src/store/run/evaluations';
import { listRuns, readHistory, readPredictions, readRun, runsFolder } from '../../src/store/run/runFolder';
import { readModel } from '../../src/training/network/modelFile';
import { fitOf } from '../../src/training/data/predictFile';
import { isFullRun } from '../fullRun';
import { stressCount } from '../stressCount';
import { processesBelow } from './processes';
import { runDigits, type Result, type RunOptions } from './runDigits';
import { smallData } from './smallData';

// Several programs at one folder, and one that sleeps meanwhile. On the portable engine, which is there at once.

let folder: string;
beforeAll(() => (folder = smallData(200, 50)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const digits = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Result> =>
  runDigits([...args, '--json'], { cwd: folder, env: { DIGITS_ENGINE_DIR: path.join(folder, 'none') }, ...options });
const small = ['--set', 'batchSize=16', '--set', 'width=0.25', '--set', 'processes=1'];
const train = (...args: string[]): string[] => ['train', '.', '--preset', 'quick', ...small, ...args];
const runFolderOf = (id: string): string => path.join(runsFolder(folder), id);
const runOf = (result: Result): string => String(result.events().find(({ event }) => event === 'started')!['run']);
const sentence = (result: Result): unknown => result.events().at(-1)!['message'];
const filesBelow = (place: string): string[] => fs.readdirSync(place, { recursive: true, encoding: 'utf8' });

/** The weights that a run has kept. */
async function weightsOf(id: string): Promise<Buffer> {
  const runFolder = runFolderOf(id);
  return Buffer.from((await readModel(runFolder, fitOf(await readRun(runFolder)))).weights);
}

/** Starts a training and does something to it once its second epoch has ended; returns its result, which is still to come. */
function disturbed(
  disturb: (id: string, pids: readonly number[]) => Promise<void>,
  args: readonly string[],
): { readonly result: Promise<Result>; readonly during: Promise<void> } {
  let id = '';
  let result: Promise<Result> | undefined;
  const during = new Promise<void>((resolve, reject) => {
    result = digits(args, {
      onLine: (line, child) => {
        id = /"event":"started","run":"([^"]+)"/.exec(line)?.[1] ?? id;
        if (line.includes('"epoch":2,') && line.includes('"event":"epoch"'))
          disturb(id, [child.pid!, ...processesBelow(child.pid!)]).then(resolve, reject);
      },
    });
    result.then(({ stderr }) => reject(new Error(`It ended before: ${stderr}`)), reject);
  });
  return { result: result!, during };
}

const signal = (pids: readonly number[], name: NodeJS.Signals): void => pids.forEach(pid => process.kill(pid, name));

describe.runIf(isFullRun)('several trainings, submissions, evaluations and exports at once', () => {
  const rounds = stressCount(1, 20);

  it('leave whole runs of their own and one whole file of each', { timeout: rounds * 5 * 60_000 }, async () => {
    const [a, b] = (await Promise.all(['1', '2'].map(seed => digits(train('--epochs', '1', '--seed', seed))))).map(
      runOf,
    ) as [string, string];
    const submission = async (run: string, out: string): Promise<string> => {
      expect((await digits(['submit', '.', '--run', run, '--out', out])).code).toBe(0);
      return fs.readFileSync(path.join(folder, out), 'utf8');
    };
    const expected = await Promise.all([submission(a, 'a.csv'), submission(b, 'b.csv')]);
    expect(expected[0]).not.toBe(expected[1]);

    for (let round = 0; round < rounds; round++) {
      const results = await Promise.all([
        ...['1', '2', '3'].map(seed => digits(train('--epochs', '2', '--seed', seed))),
        ...[a, b].map(run => digits(['submit', '.', '--run', run])),
        digits(['evaluate', '.', 'train.csv', '--run', a]),
        digits(['export', '.', '--run', b, '--out', 'page']),
      ]);
      expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(results.map(() => [0, '']));
      const runs = results.slice(0, 3).map(runOf);
      expect(new Set([a, b, ...runs]).size).toBe(5);
      for (const id of runs) {
        expect(await readRun(runFolderOf(id))).toMatchObject({ id, status: 'done', bestEpoch: 2 });
        expect((await readHistory(runFolderOf(id))).map(({ epoch }) => epoch)).toEqual([1, 2]);
        expect((await readPredictions(runFolderOf(id), 'validation'))!.rows).toHaveLength(20);
        expect((await weightsOf(id)).length).toBeGreaterThan(0);
      }
      expect(expected).toContain(fs.readFileSync(path.join(folder, 'submission.csv'), 'utf8'));
      const [evaluation] = await listEvaluations(runFolderOf(a));
      expect((await readEvaluation(runFolderOf(a), evaluation!.id)).predictions.rows).toHaveLength(200);
      const page = JSON.parse(fs.readFileSync(path.join(folder, 'page', 'model.json'), 'utf8')) as {
        weightsManifest: { paths: string[] }[];
      };
      expect(
        fs.readFileSync(path.join(folder, 'page', page.weightsManifest[0]!.paths[0]!)).equals(await weightsOf(b)),
      ).toBe(true);
      expect(fs.readFileSync(path.join(folder, '.digits', '.gitignore'), 'utf8')).toBe('*\n');
      expect(filesBelow(folder).filter(name => name.endsWith('.tmp'))).toEqual([]);
    }
    expect((await listRuns(folder)).length).toBe(2 + 3 * rounds);
    console.log(`stress: trainings at once in one folder ${3 * rounds}, runs mixed up 0`);
  });
});

describe.skipIf(process.platform === 'win32')('a run', () => {
  // Long enough for another program to start and ask meanwhile, on a busy machine too.
  const settings = ['--epochs', '30', '--seed', '5'];
  let whole: string;
  beforeAll(async () => {
    whole = runOf(await digits(train(...settings)));
  });

  it('that is being trained is not resumed, asleep or not, and goes on to the same weights when it wakes', async () => {
    let asleep = '';
    const { result, during } = disturbed(
      async (id, pids) => {
        const awake = await digits(['train', '.', '--resume', id]);
        expect([awake.code, sentence(awake)]).toEqual([
          1,
          `Run ${id} is being trained already, in another window or program; wait for it to end.`,
        ]);
        signal(pids, 'SIGSTOP');
        asleep = id;
        // As after hours: its heartbeat is old.
        const longAgo = new Date(Date.now() - 3 * 3600_000);
        fs.utimesSync(path.join(runFolderOf(id), 'heartbeat'), longAgo, longAgo);
        expect((await digits(['runs', '.'])).events().find(({ run }) => run === id)).toMatchObject({
          status: 'training',
        });
        const sleeping = await digits(['train', '.', '--resume', id]);
        expect([sleeping.code, sentence(sleeping)]).toEqual([
          1,
          `Run ${id} is being trained already, in another window or program; wait for it to end.`,
        ]);
        signal(pids, 'SIGCONT');
      },
      train(...settings),
    );
    await during;
    expect((await result).code).toBe(0);
    expect((await weightsOf(asleep)).equals(await weightsOf(whole))).toBe(true);
  });

  it('that was taken over while it slept on another machine is not written by it again', async () => {
    let asleep = '';
    let files: Record<string, string> = {};
    const { result, during } = disturbed(
      async (id, pids) => {
        signal(pids, 'SIGSTOP');
        asleep = id;
        const record = path.join(runFolderOf(id), 'run.json');
        fs.writeFileSync(
          record,
          fs.readFileSync(record, 'utf8').replace(JSON.stringify(os.hostname()), '"another machine"'),
        );
        const longAgo = new Date(Date.now() - 3 * 3600_000);
        fs.utimesSync(path.join(runFolderOf(id), 'heartbeat'), longAgo, longAgo);
        const resumed = await digits(['train', '.', '--resume', id]);
        expect(resumed.code).toBe(0);
        files = Object.fromEntries(
          filesBelow(runFolderOf(id))
            .filter(name => path.extname(name) !== '')
            .map(name => [name, fs.readFileSync(path.join(runFolderOf(id), name), 'latin1')]),
        );
        signal(pids, 'SIGCONT');
      },
      train(...settings),
    );
    await during;
    const ended = await result;
    expect([ended.code, sentence(ended)]).toEqual([
      1,
      `Run ${asleep} was resumed in another window or program while this training of it stood still; wait for that one to end.`,
    ]);
    const now = Object.fromEntries(
      Object.keys(files).map(name => [name, fs.readFileSync(path.join(runFolderOf(asleep), name), 'latin1')]),
    );
    expect(now).toEqual(files);
    expect((await weightsOf(asleep)).equals(await weightsOf(whole))).toBe(true);
  });

  it('that was interrupted goes on in one of two programs that resume it at once', async () => {
    let killed = '';
    const { result, during } = disturbed(
      async (id, pids) => {
        killed = id;
        signal(pids, 'SIGKILL');
      },
      train(...settings),
    );
    await during;
    await result;
    const both = await Promise.all([
      digits(['train', '.', '--resume', killed]),
      digits(['train', '.', '--resume', killed]),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    // Where the other one comes so late that all is done, it is told that.
    expect(sentence(both.find(({ code }) => code === 1)!)).toMatch(
      / is being trained already, in another window or program; wait for it to end\.$| is done, there is nothing to resume/,
    );
    expect((await weightsOf(killed)).equals(await weightsOf(whole))).toBe(true);
  });
});
