import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listRuns, type ListedRun } from '../../src/store/run/runFolder';
import { stressCount } from '../stressCount';
import { childrenOf, OwnProcesses } from './ownProcesses';
import { smallData } from './smallData';
import { spinning } from './spinning';

// Whoever started a training is gone: what computed for it goes too.

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
let folder: string;
let child: ChildProcess | undefined;
beforeAll(() => (folder = smallData(640, 1)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.kill('SIGKILL'));

/** Starts `digits train` and resolves when it has printed something like this. */
async function train(processes: OwnProcesses, until: RegExp, args: readonly string[]): Promise<ChildProcess> {
  const started = spawn(process.execPath, [cli, 'train', folder, '--json', ...args], {
    env: { ...process.env, ...processes.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  await new Promise<void>((resolve, reject) => {
    let printed = '';
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (until.test(printed)) resolve();
    });
    started.once('exit', () => reject(new Error(`it ended early and printed ${printed}`)));
  });
  return started;
}

/** The newest run, once the system has seen its process off. */
async function stopped(): Promise<ListedRun> {
  for (;;) {
    const [newest] = await listRuns(folder);
    if (newest!.run.status !== 'training') return newest!;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe.runIf(process.platform === 'linux')('when the command line is gone', () => {
  it(
    'killed in the middle of a training, nothing goes on, and the run goes on when asked',
    async () => {
      const signals: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGHUP', 'SIGSEGV'];
      const times = stressCount(1, 30);
      for (let time = 0; time < times; time++) {
        const signal = signals[time % signals.length]!;
        const processes = new OwnProcesses();
        const parent = await train(processes, /"event":"epoch"/, [
          '--preset',
          'quick',
          '--epochs',
          '200',
          '--set',
          'batchSize=16',
        ]);
        expect(processes.pids.length).toBeGreaterThan(2);
        parent.kill(signal);
        expect(await processes.gone()).toEqual([]);
        const newest = await stopped();
        expect(newest.run).toMatchObject({ status: 'interrupted', bestEpoch: expect.any(Number) });
        const again = await train(processes, /"event":"started".*"event":"epoch"/s, ['--resume', newest.run.id]);
        again.kill('SIGKILL');
        expect(await processes.gone()).toEqual([]);
        fs.rmSync(newest.runFolder, { recursive: true });
      }
      console.log(`stress: command lines killed ${times}, processes left 0`);
    },
    stressCount(5, 60) * 60_000,
  );

  it.each([
    ['a process that computes', 'worker', 'begin'],
    ['the training process', undefined, 'train'],
  ] as const)('%s ends even while it computes without end', async (_, role, method) => {
    const spins = spinning(folder, role, method);
    const processes = new OwnProcesses();
    child = spawn(process.execPath, [cli, 'train', folder, '--json', '--preset', 'quick'], {
      env: { ...process.env, ...processes.environment, ...spins.environment },
      stdio: 'ignore',
    });
    await spins.begun();
    expect(childrenOf(child.pid!).length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    expect(await processes.gone()).toEqual([]);
  });
});
