import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/store/pixelFile/fingerprint';
import { findPredictions } from '../../src/store/run/predictionSources';
import { readHistory, readPredictions, readRun } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import { isFullRun } from '../fullRun';
import { smallAnswers, smallData } from './smallData';
import { asTestFile, bundle, folder, job, runFolderOf, start } from './notebookRuns';

/** Learns enough in a moment. */
const short: Partial<RunConfig> = { preset: 'quick', epochs: 6, overrides: { batchSize: 16, processes: 1 } };

describe('the training process', () => {
  it('trains, keeps everything in the run folder, and tells how far it is', async () => {
    const { process, heard } = start();
    // Steps enough for some to be told of, after those that are too early to be measured.
    const run = await process.rpc.call('train', job('whole', { overrides: { batchSize: 8 } }));
    expect(run).toMatchObject({
      status: 'done',
      parameters: 887_530,
      data: { rows: 300, trainingRows: 270, validationRows: 30, side: 28, classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      engine: { name: 'native' },
    });

    const runFolder = runFolderOf('whole');
    expect(await readRun(runFolder)).toEqual(run);
    const history = await readHistory(runFolder);
    expect(history).toEqual(heard.epochs);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(history[1]!.loss).toBeLessThan(history[0]!.loss);
    expect(heard.started).toHaveLength(1);
    expect(new Set(heard.progress.map(({ phase }) => phase))).toContain('training');

    // The kept predictions are those of the best epoch, on rows of the file that were set aside.
    const validation = (await readPredictions(runFolder, 'validation'))!;
    expect(validation.rows).toHaveLength(30);
    expect(validation.probabilities).toHaveLength(300);
    const right = [...validation.labels!].filter((label, i) => {
      const probabilities = validation.probabilities.subarray(i * 10, i * 10 + 10);
      expect(probabilities.reduce((sum, value) => sum + value)).toBeCloseTo(1, 4);
      return probabilities.indexOf(Math.max(...probabilities)) === label;
    });
    expect(right.length / 30).toBeCloseTo(run.valAccuracy!, 10);
    expect(run.valAccuracy).toBe(Math.max(...history.map(({ valAccuracy }) => valAccuracy!)));
  });

  it('predicts the test file with the kept weights and writes a submission', async () => {
    const { process } = start();
    const run = await process.rpc.call('train', job('submit', short));
    const outFile = path.join(folder, 'out.csv');
    const testFile = path.join(folder, 'test.csv');
    const result = await process.rpc.call('submit', {
      runFolder: runFolderOf(run.id),
      testFile,
      sampleFile: undefined,
      outFile,
    });
    expect(result).toMatchObject({ file: outFile, rows: 100 });
    expect(result.seconds).toBeGreaterThan(0);
    // They can be found again by their file.
    expect(
      (await findPredictions(testFile, await fingerprint(testFile), [folder])).map(
        ({ run: of, set }) => `${of.id} ${set}`,
      ),
    ).toEqual([`${run.id} test`]);
    const lines = fs.readFileSync(outFile, 'utf8').split('\n');
    expect(lines[0]).toBe('ImageId,Label');
    expect(lines.slice(1, 101).map(line => Number(line.split(',')[0]))).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    expect(lines).toHaveLength(102);
    const answers = smallAnswers(300, 100);
    const right = answers.filter((answer, i) => lines[i + 1] === `${i + 1},${answer}`).length;
    expect(right).toBeGreaterThan(60);
  });

  it.each(isFullRun ? (['quick', 'balanced'] as const) : (['balanced'] as const))(
    'learns with the preset %s, and its saved network predicts what it predicted in training',
    async preset => {
      const { process } = start();
      const run = await process.rpc.call('train', job(preset, { ...short, preset }));
      expect(run.valAccuracy).toBeGreaterThan(0.7);
      expect(run.layers.map(({ type }) => type)).toContain('BatchNormalization');

      const { rows, labels, probabilities } = (await readPredictions(runFolderOf(preset), 'validation'))!;
      const testFile = asTestFile(rows, preset);
      await process.rpc.call('submit', {
        runFolder: runFolderOf(preset),
        testFile,
        sampleFile: undefined,
        outFile: path.join(folder, `${preset}-out.csv`),
      });
      const again = (await readPredictions(runFolderOf(preset), 'test'))!;
      expect(again.probabilities).toHaveLength(probabilities.length);
      again.probabilities.forEach((value, i) => expect(Math.abs(value - probabilities[i]!)).toBeLessThan(1e-4));
      expect(labels).toHaveLength(30);
    },
  );

  it('ends soon after a cancel and keeps the finished epochs', async () => {
    const { process } = start({ on: { epoch: ({ epoch }) => epoch === 1 && process.rpc.notify('cancel', undefined) } });
    const run = await process.rpc.call('train', job('cancelled', { epochs: 50 }));
    expect(run).toMatchObject({ status: 'cancelled', bestEpoch: 1 });
    expect(await readHistory(runFolderOf('cancelled'))).toHaveLength(1);
  });

  it('ends with its parent, however that ends', async () => {
    const data = smallData(200, 1);
    const script = path.join(data, 'parent.cjs');
    fs.writeFileSync(
      script,
      `
      const { fork } = require('child_process');
      const child = fork(${JSON.stringify(bundle)}, [], { serialization: 'advanced', stdio: 'ignore' });
      child.on('message', message => {
        if (message.method === 'started') {
          const children = require('child_process').execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' }).trim().split(/\\s+/);
          process.stdout.write([child.pid, ...children].join(' '), () => process.kill(process.pid, 'SIGKILL'));
        }
      });
      child.send({ type: 'request', id: 1, method: 'train', argument: ${JSON.stringify(job('orphan', { epochs: 50 }, data))} });`,
    );
    const output = await promisify(execFile)(process.execPath, [script]).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
    // It and the processes that compute for it.
    const pids = output.split(' ').map(Number);
    expect(pids.length).toBeGreaterThan(1);
    const alive = (pid: number): boolean => {
      try {
        return globalThis.process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    for (let i = 0; i < 100 && pids.some(alive); i++) await new Promise(resolve => setTimeout(resolve, 100));
    expect(pids.filter(alive)).toEqual([]);
    expect((await readRun(runFolderOf('orphan', data))).status).toBe('interrupted');
    fs.rmSync(data, { recursive: true });
  });

  it('says what is wrong with the data: file, row and a way out', async () => {
    const data = smallData(100, 1);
    const file = path.join(data, 'train.csv');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    const spoiled: [number, string, RegExp][] = [
      [43, lines[43]!.replace(/,\d+$/, ''), /train\.csv.*row 43 \(line 44\).*784 values.*785/],
      [44, lines[44]!.replace(/^\d+/, 'four'), /train\.csv.*row 44.*label.*four/],
      [45, lines[45]!.replace(/,\d+$/, ',300'), /train\.csv.*row 45.*300/],
    ];
    const { process } = start();
    for (const [row, text, message] of spoiled) {
      fs.writeFileSync(file, lines.with(row, text).join('\n'));
      await expect(process.rpc.call('train', job('bad', {}, data))).rejects.toMatchObject({
        code: 'bad-row',
        message: expect.stringMatching(message),
      });
    }
    fs.writeFileSync(file, '');
    await expect(process.rpc.call('train', job('bad', {}, data))).rejects.toMatchObject({
      code: 'empty-file',
      message: expect.stringContaining('train.csv'),
    });
    expect(fs.existsSync(runFolderOf('bad', data))).toBe(false);
    fs.rmSync(data, { recursive: true });
  });

  it('says how to get the engine where there is none', async () => {
    const { process } = start({ environment: { DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') } });
    await expect(process.rpc.call('train', job('no-engine', { engine: 'native' }))).rejects.toMatchObject({
      code: 'no-engine',
      message: expect.stringContaining('npm run setup'),
    });
    expect(fs.existsSync(runFolderOf('no-engine'))).toBe(false);
  });

  it('says so, once, where the program that should run it is not there', async () => {
    const nothing = start({ node: path.join(folder, 'no-such-node') }).process;
    await expect(nothing.rpc.call('train', job('never'))).rejects.toMatchObject({
      code: 'engine-died',
      message: expect.stringContaining('could not be started'),
    });
  });

  it('is told apart from an error when it dies', async () => {
    const { process } = start({
      on: { progress: ({ phase }) => phase === 'training' && globalThis.process.kill(process.pid!, 'SIGKILL') },
    });
    await expect(
      process.rpc.call('train', job('killed', { epochs: 50, overrides: { batchSize: 4 } })),
    ).rejects.toMatchObject({
      code: 'engine-died',
      message: expect.stringContaining('SIGKILL'),
    });
    expect((await readRun(runFolderOf('killed'))).status).toBe('interrupted');
  });
});
