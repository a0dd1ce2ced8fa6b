import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DigitsError } from '../../src/core/errors';
import { Random } from '../../src/core/random';
import { canResume } from '../../src/store/run/checkpoint';
import { removeRunLeftovers } from '../../src/store/run/runLeftovers';
import { runsFolder } from '../../src/store/run/runFolder';
import type { EpochRecord, RunConfig, RunRecord } from '../../src/core/run/runRecord';
import { stressCount } from '../stressCount';
import { kaggleCsv } from '../unit/support/pixelCsv';
import { drawDeath, drawMoment, type Death, type Moment } from './killing';
import { OwnProcesses } from './ownProcesses';
import { expectWhole, filesOf, resultOf } from './runEvidence';
import { startTraining } from './startTraining';

// Trainings that die at random moments, again and again, until they are done: nothing that was told of is lost, nothing
// is left behind, and what comes out in the end is what comes out of a training that nobody disturbed.

const kills = stressCount(5, 500);
const base = { epochs: 4, seed: 5 } as const;
const configs: readonly RunConfig[] = [
  {
    ...base,
    preset: 'quick',
    engine: 'native',
    overrides: { batchSize: 32, processes: 2, emaDecay: 0.5, networks: 2, validationShare: 0.2 },
  },
  { ...base, preset: 'quick', engine: 'portable', overrides: { batchSize: 32, processes: 1, validationShare: 0.2 } },
  // The best epoch is kept, which may be an early one.
  {
    ...base,
    preset: 'notebook',
    engine: 'native',
    overrides: { batchSize: 64, processes: 1, width: 0.25, validationShare: 0.2 },
  },
];

const processes = new OwnProcesses();
let folder: string;
let temporary: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-kills-'));
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-kills-tmp-'));
  const value = (row: number, pixel: number): number => Math.floor(128 + 127 * Math.sin(pixel * ((row % 4) + 1) + row));
  fs.writeFileSync(
    path.join(folder, 'train.csv'),
    kaggleCsv(
      8,
      Array.from({ length: 300 }, (_, row) =>
        [row % 4, ...Array.from({ length: 64 }, (_, pixel) => value(row, pixel))].join(','),
      ),
    ),
  );
});
afterAll(() => {
  for (const place of [folder, temporary]) fs.rmSync(place, { recursive: true, force: true });
});

const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);

interface Blow {
  readonly death: Death;
  readonly moment: Moment;
}

interface Attempt {
  /** What the training came to, or how it died. */
  readonly run: RunRecord | undefined;
  readonly error: DigitsError | undefined;
  readonly told: readonly EpochRecord[];
  readonly started: boolean;
  readonly times: { readonly start: number; readonly epoch: number };
}

/** Trains in a process of its own, struck by `blow` where it lives so long. */
async function attempt(runId: string, config: RunConfig, resume: boolean, blow?: Blow): Promise<Attempt> {
  const told: EpochRecord[] = [];
  const times = { start: 0, epoch: 0 };
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let changes = 0;
  const strike = (): void => blow?.death.strike(child.pid!);
  const strikeIn = (ms: number): void => void (timer ??= setTimeout(strike, ms));
  const child = startTraining(
    {
      started: () => (times.start = performance.now() - began),
      epoch: epoch => {
        told.push(epoch);
        times.epoch = (performance.now() - began - times.start) / told.length;
        if (blow?.moment.after === 'epoch') strikeIn(blow.moment.ms);
      },
    },
    {
      environment: {
        ...processes.environment,
        TMPDIR: temporary,
        TF_NUM_INTRAOP_THREADS: '1',
        TF_NUM_INTEROP_THREADS: '1',
        ...(blow?.death.nodeOptions !== undefined && { NODE_OPTIONS: blow.death.nodeOptions }),
      },
    },
  );
  fs.mkdirSync(runsFolder(folder), { recursive: true });
  const watcher = fs.watch(runsFolder(folder), { recursive: true }, () => {
    if (blow?.moment.after === 'changes' && ++changes === blow.moment.count) strike();
  });
  if (blow?.moment.after === 'start') strikeIn(blow.moment.ms);
  try {
    const run = await child.train({
      folder,
      trainFile: path.join(folder, 'train.csv'),
      runId,
      config,
      ...(resume && { resume }),
    });
    return { run, error: undefined, told, started: true, times };
  } catch (error) {
    if (!(error instanceof DigitsError)) throw error;
    return { run: undefined, error, told, started: times.start > 0, times };
  } finally {
    clearTimeout(timer);
    watcher.close();
    child.dispose();
    await child.ended;
  }
}

describe.runIf(process.platform === 'linux')('a training that dies at any moment', () => {
  it(
    `loses nothing and leaves nothing, ${kills} times, and comes to the weights of one that was not disturbed`,
    async () => {
      const seed = Number(process.env['DIGITS_SEED'] ?? randomInt(2 ** 31));
      const random = new Random(seed);
      const survived = new Map<string, number>();
      let count = 0;
      let chains = 0;
      let lost = 0;
      const wholes = [];
      for (const [i, config] of configs.entries()) {
        const { run, times } = await attempt(`whole-${i}`, config, false);
        expect(run?.status).toBe('done');
        wholes.push({
          config,
          times,
          result: await resultOf(runFolderOf(`whole-${i}`)),
          files: filesOf(runFolderOf(`whole-${i}`)),
        });
      }

      while (count < kills) {
        const { config, times, result, files } = wholes[chains % wholes.length]!;
        let runId = `chain-${chains}-${count}`;
        const told: EpochRecord[] = [];
        let resume = false;
        for (let status: RunRecord['status'] | undefined; status !== 'done';) {
          const blow =
            count < kills
              ? { death: drawDeath(random), moment: drawMoment(random, times.start, times.epoch) }
              : undefined;
          const about = `seed ${seed}, death ${count}: ${JSON.stringify(blow)}`;
          const { run, error, told: more, started } = await attempt(runId, config, resume, blow);
          told.push(...more);
          status = run?.status;
          if (error) {
            expect(error.message, about).toMatch(blow!.death.sentence);
            expect(['engine-died', 'no-memory'], about).toContain(error.code);
            expect(await processes.gone(), about).toEqual([]);
            count++;
            survived.set(
              blow!.death.name.replace(/\d+ /, ''),
              (survived.get(blow!.death.name.replace(/\d+ /, '')) ?? 0) + 1,
            );
          }
          if (!fs.existsSync(path.join(runFolderOf(runId), 'run.json'))) {
            expect([started, told], about).toEqual([false, []]);
            resume = false;
            runId = `chain-${chains}-${count}`;
            continue;
          }
          const after = await expectWhole(runFolderOf(runId), told).catch((problem: unknown) => {
            throw new Error(about, { cause: problem });
          });
          ({ status } = after.run);
          lost += after.lost;
          expect(lost, about).toBe(0);
          if (error) expect(['interrupted', 'failed', 'done'], about).toContain(status);
          resume = await canResume(runFolderOf(runId), after.run);
          expect(resume || status === 'done' || told.length === 0, about).toBe(true);
          if (!resume && status !== 'done') {
            told.length = 0;
            runId = `chain-${chains}-${count}`;
          }
        }
        // A death in the very last moment leaves what the next training removes.
        await removeRunLeftovers(folder);
        const about = `seed ${seed}, before death ${count}`;
        expect(filesOf(runFolderOf(runId)), about).toEqual(files);
        const { weights, history } = await resultOf(runFolderOf(runId));
        expect(history, about).toEqual(result.history);
        expect(weights.equals(result.weights), about).toBe(true);
        chains++;
        if (kills > 100) console.log(`${count} of ${kills} kills, ${chains} trainings`);
      }

      const leaked = bytesIn(temporary);
      expect(fs.readdirSync(temporary)).toEqual([]);
      console.log(
        `stress: kills survived ${count} of ${kills} (${[...survived].map(([name, times]) => `${name} ${times}`).join(', ')}), in ${chains} trainings that all came to the same weights, seed ${seed}`,
      );
      console.log(`stress: epochs lost ${lost}, bytes leaked ${leaked}`);
    },
    stressCount(5, 180) * 60_000,
  );
});

function bytesIn(place: string): number {
  return fs
    .readdirSync(place, { recursive: true, encoding: 'utf8' })
    .reduce((sum, name) => sum + fs.statSync(path.join(place, name)).size, 0);
}
