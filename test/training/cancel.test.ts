import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DigitsError } from '../../src/core/errors';
import { Random } from '../../src/core/random';
import { canResume } from '../../src/store/run/checkpoint';
import { runsFolder } from '../../src/store/run/runFolder';
import type { EpochRecord, RunConfig } from '../../src/core/run/runRecord';
import type { Progress, TrainingEvents } from '../../src/protocol/training';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { stressCount } from '../stressCount';
import { sample } from '../vscode/workspace';
import { OwnProcesses } from './ownProcesses';
import { expectWhole } from './runEvidence';
import { spinning } from './spinning';
import { startTraining } from './startTraining';

// A cancel ends a job within a second, wherever it is; measured where the editor and the command line wait for it, on files
// of full size. Here a time is what is promised.

const promised = 1000;
const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
const processes = new OwnProcesses();
const seed = Number(process.env['DIGITS_SEED'] ?? randomInt(2 ** 31));
const random = new Random(seed);
const slowest = { ms: 0, where: '' };
let cancels = 0;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-cancel-'));
  for (const name of ['train.csv', 'test.csv']) fs.symlinkSync(path.join(sample, name), path.join(folder, name));
});
afterAll(() => {
  console.log(
    `stress: cancels ${cancels}, the slowest took ${Math.round(slowest.ms)} ms (${slowest.where}), seed ${seed}`,
  );
  fs.rmSync(folder, { recursive: true, force: true });
});

/** When a job is cancelled. */
type Moment =
  | { readonly ms: number }
  | { readonly phase: Progress['phase']; readonly ms: number }
  | { readonly started: true; readonly ms: number }
  | { readonly changes: number };

/** Runs a job and cancels it at a moment; checks that it ends in time. Resolves with what it came to, undefined where it was cancelled without a result. */
async function cancelled<T>(
  where: string,
  moment: Moment,
  environment: Readonly<Record<string, string>>,
  job: (child: TrainingProcess, told: EpochRecord[]) => Promise<T>,
): Promise<{ readonly result: T | undefined; readonly told: readonly EpochRecord[] }> {
  const told: EpochRecord[] = [];
  let cancelAt: number | undefined;
  let changes = 0;
  const timers: NodeJS.Timeout[] = [];
  const cancelIn = (ms: number): void =>
    void timers.push(
      setTimeout(() => {
        cancelAt ??= performance.now();
        child.cancel();
      }, ms),
    );
  const events: Partial<TrainingEvents> = {
    progress: ({ phase }) => 'phase' in moment && moment.phase === phase && timers.length === 0 && cancelIn(moment.ms),
    started: () => 'started' in moment && cancelIn(moment.ms),
    epoch: epoch => told.push(epoch),
  };
  const child = startTraining(events, { environment: { ...processes.environment, ...environment } });
  fs.mkdirSync(runsFolder(folder), { recursive: true });
  const watcher = fs.watch(
    runsFolder(folder),
    { recursive: true },
    () => 'changes' in moment && ++changes === moment.changes && cancelIn(0),
  );
  if (!('phase' in moment || 'started' in moment || 'changes' in moment)) cancelIn(moment.ms);
  try {
    const result = await job(child, told).catch((error: unknown) => {
      if (error instanceof DigitsError && error.code === 'cancelled') return undefined;
      throw error;
    });
    const ms = performance.now() - cancelAt!;
    cancels++;
    if (ms > slowest.ms) Object.assign(slowest, { ms, where });
    expect(cancelAt, `${where} was over before`).toBeDefined();
    expect(ms, `${where}, seed ${seed}`).toBeLessThan(promised);
    return { result, told };
  } finally {
    timers.forEach(clearTimeout);
    watcher.close();
    child.dispose();
    expect(await processes.gone(), where).toEqual([]);
  }
}

const long = { epochs: 50, seed: 2 } as const;
/** All 42,000 rows. An epoch is short where nearly all are set aside, and validating then takes its time. */
const trainings: readonly [string, RunConfig][] = [
  ['notebook, native', { ...long, preset: 'notebook', engine: 'native' }],
  ['best, portable', { ...long, preset: 'best', engine: 'portable' }],
  [
    'notebook, portable, mostly validating',
    { ...long, preset: 'notebook', engine: 'portable', overrides: { validationShare: 0.9 } },
  ],
  [
    'notebook, native, mostly validating',
    { ...long, preset: 'notebook', engine: 'native', overrides: { validationShare: 0.89, width: 0.5 } },
  ],
  ['short epochs, native', { ...long, preset: 'best', engine: 'native', limit: 1200 }],
];
const usual: readonly [number, Moment][] = [
  [0, { phase: 'training', ms: 400 }],
  [1, { phase: 'reading', ms: 100 }],
  [1, { started: true, ms: 50 }],
  [3, { phase: 'validating', ms: 500 }],
  [4, { changes: 31 }],
];

function drawMoment(): Moment {
  const kind = random.uniform(0, 1);
  if (kind < 0.25) return { ms: random.uniform(0, 4000) };
  if (kind < 0.4) return { phase: 'reading', ms: random.uniform(0, 1500) };
  if (kind < 0.55) return { started: true, ms: random.uniform(0, 1000) };
  if (kind < 0.8) return { phase: 'training', ms: random.uniform(0, 4000) };
  return { phase: 'validating', ms: random.uniform(0, 2000) };
}

function drawTraining(): [number, Moment] {
  const index = Math.floor(random.uniform(0, trainings.length));
  // Those with long epochs would take minutes to come to their validation.
  const moment = index === 4 ? { changes: Math.floor(random.uniform(1, 120)) } : drawMoment();
  return [
    index,
    index < 2 && 'phase' in moment && moment.phase === 'validating' ? { phase: 'training', ms: moment.ms } : moment,
  ];
}

describe.runIf(process.platform === 'linux')('a cancel', () => {
  const many = stressCount(0, 200);
  it(
    'ends a training within a second wherever it is, and what was finished is kept',
    async () => {
      for (const [i, [index, moment]] of [...usual, ...Array.from({ length: many }, drawTraining)].entries()) {
        const [name, config] = trainings[index]!;
        const runId = `run-${i}`;
        const runFolder = path.join(runsFolder(folder), runId);
        const { result, told } = await cancelled(`${name}, ${JSON.stringify(moment)}`, moment, {}, child =>
          child.train({ folder, trainFile: path.join(folder, 'train.csv'), runId, config }),
        );
        if (result) expect(result.status).toBe('cancelled');
        if (!fs.existsSync(path.join(runFolder, 'run.json'))) continue;
        const { run, lost } = await expectWhole(runFolder, told);
        expect(lost).toBe(0);
        expect(run.status).toBe('cancelled');
        if (told.length > 0) expect(await canResume(runFolder, run)).toBe(true);
        fs.rmSync(runFolder, { recursive: true });
      }
    },
    stressCount(5, 240) * 60_000,
  );

  it('ends a training within a second that does not listen', async () => {
    const spins = spinning(folder, undefined, 'train');
    const { result } = await cancelled(
      'a process that computes without end',
      { ms: 1500 },
      spins.environment,
      async child => {
        const training = child.train({
          folder,
          trainFile: path.join(folder, 'train.csv'),
          runId: 'deaf',
          config: trainings[0]![1],
        });
        await spins.begun();
        return training;
      },
    );
    expect(result).toBeUndefined();
  });

  it(
    'ends a prediction of 28,000 images within a second: reading, starting the engine, predicting, writing',
    async () => {
      const runId = 'predicts';
      const setUp = startTraining({}, { environment: processes.environment });
      await setUp.train({
        folder,
        trainFile: path.join(folder, 'train.csv'),
        runId,
        config: { preset: 'notebook', epochs: 1, seed: 2, engine: 'native', limit: 300 },
      });
      setUp.dispose();
      const draw = (): Moment =>
        random.uniform(0, 1) < 0.3
          ? { phase: 'reading', ms: random.uniform(0, 1000) }
          : { phase: 'predicting', ms: random.uniform(0, 2500) };
      const moments: Moment[] = [
        { phase: 'reading', ms: 0 },
        { phase: 'predicting', ms: 200 },
        ...Array.from({ length: stressCount(0, 60) }, draw),
      ];
      const outFile = path.join(folder, 'submission.csv');
      for (const [i, moment] of moments.entries()) {
        const environment: Record<string, string> = i % 2 === 1 ? { DIGITS_ENGINE_DIR: '/nowhere' } : {};
        await cancelled(`submit, ${JSON.stringify(moment)}`, moment, environment, child =>
          child.rpc.call('submit', {
            runFolder: path.join(runsFolder(folder), runId),
            testFile: path.join(folder, 'test.csv'),
            sampleFile: undefined,
            outFile,
          }),
        );
        // Whole, or not there.
        if (fs.existsSync(outFile)) expect(fs.readFileSync(outFile, 'utf8').trimEnd().split('\n')).toHaveLength(28_001);
      }
    },
    stressCount(5, 60) * 60_000,
  );

  it(
    'by Ctrl-C ends the command line within a second, and says what is kept',
    async () => {
      const moments = [
        /"phase":"reading"/,
        /"phase":"training"/,
        ...Array.from(
          { length: stressCount(0, 20) },
          () => [/"phase":"reading"/, /"event":"started"/, /"phase":"training"/][Math.floor(random.uniform(0, 3))]!,
        ),
      ];
      for (const moment of moments) {
        const child = spawn(process.execPath, [cli, 'train', folder, '--json', '--preset', 'notebook'], {
          env: { ...process.env, ...processes.environment },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let said = '';
        let interruptedAt: number | undefined;
        child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          if (interruptedAt !== undefined || !moment.test(text)) return;
          interruptedAt = performance.now();
          child.kill('SIGINT');
        });
        const code = await new Promise(resolve => child.once('close', resolve));
        const ms = performance.now() - interruptedAt!;
        cancels++;
        if (ms > slowest.ms) Object.assign(slowest, { ms, where: `digits train, ${moment.source}` });
        expect(ms, `digits train, ${moment.source}`).toBeLessThan(promised);
        expect(code).toBe(130);
        expect(said).toMatch(/^Cancelled/);
        expect(await processes.gone()).toEqual([]);
      }
    },
    stressCount(3, 30) * 60_000,
  );
});
