import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHistory, readPredictions, readRun } from '../../src/store/run/runFolder';
import { otherNodes } from './otherNodes';
import { asTestFile, folder, job, runFolderOf, start } from './notebookRuns';

// Sums over several threads differ in their last bits; on one thread a run repeats itself exactly.
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };

/** Processes that another one started, by the system's own table. */
function childrenOf(pid: number): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/));
  return list
    .filter(([, parent, state]) => Number(parent) === pid && !state!.startsWith('Z'))
    .map(([child]) => Number(child));
}

describe('a training', () => {
  it('trains on all rows where none are to be set aside', async () => {
    const { process } = start();
    const run = await process.rpc.call(
      'train',
      job('all-rows', { preset: 'quick', epochs: 2, overrides: { processes: 1, validationShare: 0 } }),
    );
    expect(run).toMatchObject({ status: 'done', bestEpoch: 2, data: { trainingRows: 300, validationRows: 0 } });
    expect(run).not.toHaveProperty('valAccuracy');
    expect(await readPredictions(runFolderOf('all-rows'), 'validation')).toBeUndefined();
    const outFile = path.join(folder, 'all-rows.csv');
    expect(
      (
        await process.rpc.call('submit', {
          runFolder: runFolderOf('all-rows'),
          testFile: path.join(folder, 'test.csv'),
          sampleFile: undefined,
          outFile,
        })
      ).rows,
    ).toBe(100);
  });

  it('averages several networks, and the one model that it saves predicts what it said of the validation set', async () => {
    const { process } = start();
    const run = await process.rpc.call(
      'train',
      job('several', { preset: 'quick', epochs: 2, overrides: { networks: 3, emaDecay: 0.5 } }),
    );
    const history = await readHistory(runFolderOf('several'));
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(run).toMatchObject({ networks: 3, bestEpoch: 6, valAccuracy: history[5]!.valAccuracy });
    // Each network has first weights of its own.
    expect(new Set([history[0]!.loss, history[2]!.loss, history[4]!.loss]).size).toBe(3);
    const { rows, probabilities } = (await readPredictions(runFolderOf('several'), 'validation'))!;
    const testFile = asTestFile(rows, 'several');
    await process.rpc.call('submit', {
      runFolder: runFolderOf('several'),
      testFile,
      sampleFile: undefined,
      outFile: path.join(folder, 'several-out.csv'),
    });
    const again = (await readPredictions(runFolderOf('several'), 'test'))!;
    again.probabilities.forEach((value, i) => expect(Math.abs(value - probabilities[i]!)).toBeLessThan(1e-4));
  });

  it('fails with a sentence when a process that computes for it dies, and keeps what was finished', async () => {
    const { process } = start({
      on: { epoch: ({ epoch }) => epoch === 1 && globalThis.process.kill(childrenOf(process.pid!)[0]!, 'SIGKILL') },
    });
    await expect(process.rpc.call('train', job('half-dead', { epochs: 50 }))).rejects.toMatchObject({
      code: 'engine-died',
      message: expect.stringContaining('SIGKILL'),
    });
    expect(await readRun(runFolderOf('half-dead'))).toMatchObject({
      status: 'failed',
      bestEpoch: 1,
      error: { code: 'engine-died' },
    });
    expect(childrenOf(process.pid!)).toEqual([]);
  });

  it('repeats itself bit for bit with the same seed, and differs with another', async () => {
    const { process } = start({ environment: oneThread });
    const losses = async (runId: string, seed: number) => {
      await process.rpc.call('train', job(runId, { seed }));
      return (await readHistory(runFolderOf(runId))).map(({ loss, valLoss }) => [loss, valLoss]);
    };
    const first = await losses('same-1', 5);
    expect(await losses('same-2', 5)).toEqual(first);
    expect(await losses('other', 6)).not.toEqual(first);
  });

  const nodes = otherNodes();
  it.skipIf(nodes.length < 2)(
    `gives the same result on Node ${nodes.map(({ major }) => major).join(', ')}`,
    async () => {
      const results = [];
      for (const { major, node } of nodes) {
        const { process } = start({ environment: oneThread, node });
        await process.rpc.call('train', job(`node-${major}`));
        process.dispose();
        const weights = fs
          .readdirSync(path.join(runFolderOf(`node-${major}`), 'model'))
          .find(name => name.endsWith('.bin'))!;
        results.push({
          weights: fs.readFileSync(path.join(runFolderOf(`node-${major}`), 'model', weights)),
          history: (await readHistory(runFolderOf(`node-${major}`))).map(record => ({
            ...record,
            trainSeconds: 0,
            seconds: 0,
          })),
        });
      }
      for (const result of results.slice(1)) {
        expect(result.history).toEqual(results[0]!.history);
        expect(result.weights.equals(results[0]!.weights)).toBe(true);
      }
    },
  );
});
