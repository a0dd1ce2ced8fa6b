import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../../../src/store/atomicFile';
import {
  createRunFolder,
  dataFolderOf,
  findRuns,
  historyFile,
  listRuns,
  newRunId,
  readHistory,
  readPredictions,
  readRun,
  runsFolder,
  writePredictions,
  writeRun,
} from '../../../../src/store/run/runFolder';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import { decodeSafetensors, encodeSafetensors } from '../../../../src/core/run/safetensors';
import { runRecord } from '../../support/runRecord';

const record = runRecord({ parameters: 1, pid: process.pid, host: os.hostname(), seconds: 1 });

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-run-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('a run folder', () => {
  it('keeps itself out of repositories and leads back to its data', async () => {
    const runFolder = await createRunFolder(folder, 'a');
    expect(runFolder).toBe(path.join(folder, '.digits', 'runs', 'a'));
    expect(fs.readFileSync(path.join(folder, '.digits', '.gitignore'), 'utf8')).toBe('*\n');
    expect(dataFolderOf(runFolder)).toBe(folder);
  });

  it('gives back record, history and predictions', async () => {
    const runFolder = await createRunFolder(folder, 'a');
    const history = [
      {
        epoch: 1,
        loss: 0.4,
        accuracy: 0.9,
        valLoss: 0.1,
        valAccuracy: 0.97,
        learningRate: 0.001,
        trainSeconds: 1,
        seconds: 60,
      },
    ];
    const predictions = {
      rows: Uint32Array.of(7, 9),
      labels: Uint16Array.of(1, 0),
      probabilities: Float32Array.of(0.25, 0.75, 0.5, 0.5),
    };
    await writeRun(runFolder, record);
    await writeFileAtomic(...historyFile(runFolder, history));
    await writePredictions(runFolder, 'validation', predictions);
    expect(await readRun(runFolder)).toEqual(record);
    expect(await readHistory(runFolder)).toEqual(history);
    expect(await readPredictions(runFolder, 'validation')).toEqual(predictions);
  });

  it('has no history and no predictions before the first epoch', async () => {
    const runFolder = await createRunFolder(folder, 'a');
    expect(await readHistory(runFolder)).toEqual([]);
    expect(await readPredictions(runFolder, 'validation')).toBeUndefined();
  });

  it('shows as interrupted when the process that trained is gone', async () => {
    const runFolder = await createRunFolder(folder, 'a');
    const status = async (changes: Partial<RunRecord>) => {
      await writeRun(runFolder, { ...record, status: 'training', ...changes });
      return (await readRun(runFolder)).status;
    };
    fs.writeFileSync(path.join(runFolder, 'heartbeat'), '');
    expect(await status({})).toBe('training');
    // Beyond the highest process number of any system.
    expect(await status({ pid: 2 ** 30 })).toBe('interrupted');
    expect(await status({ pid: 2 ** 30, host: 'another machine' })).toBe('training');
    // The number of the process is some other one's by now.
    const longAgo = new Date(Date.now() - 120_000);
    fs.utimesSync(path.join(runFolder, 'heartbeat'), longAgo, longAgo);
    expect(await status({})).toBe('interrupted');
    expect(await status({ host: 'another machine' })).toBe('interrupted');
  });

  it.each(['layers', 'engine', 'data', 'config', 'status', 'created'] as const)(
    "is refused with its file's name when its record has no %s",
    async field => {
      const runFolder = await createRunFolder(folder, 'a');
      await writeRun(runFolder, { ...record, [field]: undefined });
      await expect(readRun(runFolder)).rejects.toThrow(/run\.json is no run that this version of Digits can read/);
    },
  );

  it('lists runs newest first and passes over folders that hold none', async () => {
    for (const [id, created] of [
      ['a', '2026-01-01'],
      ['b', '2026-01-03'],
      ['c', '2026-01-02'],
    ] as const) {
      await writeRun(await createRunFolder(folder, id), { ...record, id, created });
    }
    fs.mkdirSync(path.join(runsFolder(folder), 'empty'));
    fs.mkdirSync(path.join(runsFolder(folder), 'broken'));
    fs.writeFileSync(path.join(runsFolder(folder), 'broken', 'run.json'), '{"version":1');
    expect((await listRuns(folder)).map(({ run }) => run.id)).toEqual(['b', 'c', 'a']);
    expect(await listRuns(path.join(folder, 'elsewhere'))).toEqual([]);
  });

  it('is named by time and preset', () => {
    expect(newRunId(new Date(2026, 10, 2, 3, 4, 5), 'notebook')).toMatch(/^2026-11-02-030405-notebook-[0-9a-f]{8}$/);
  });
});

describe('a safetensors file', () => {
  it('gives back any arrays, bit for bit', () => {
    fc.assert(
      fc.property(fc.float32Array(), fc.uint16Array(), fc.uint32Array(), (f, s, u) => {
        const decoded = decodeSafetensors(
          encodeSafetensors({
            f: { shape: [f.length], data: f },
            s: { shape: [s.length], data: s },
            u: { shape: [u.length], data: u },
          }),
          'x',
        );
        expect(decoded.get('f')).toEqual(f);
        expect(decoded.get('s')).toEqual(s);
        expect(decoded.get('u')).toEqual(u);
      }),
    );
  });

  it('is refused by name when it was cut off anywhere', () => {
    const whole = encodeSafetensors({ a: { shape: [4], data: Float32Array.of(1, 2, 3, 4) } });
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSafetensors(whole.slice(0, length), 'test.safetensors')).toThrow(
        /^test.safetensors is damaged/,
      );
    }
  });
});

describe('the runs of a data set', () => {
  it('are all there but those that can not be read, which are named; what is no run is passed over', async () => {
    const ids = Array.from({ length: 9 }, (_, i) => `run-${i}`);
    for (const id of ids) await writeRun(await createRunFolder(folder, id), { ...record, id });
    const odd = await createRunFolder(folder, 'odd');
    await writeRun(odd, { ...record, id: 'odd', created: '+275760-09-13T00:00:00.000Z' });
    await createRunFolder(folder, 'begun');
    fs.writeFileSync(path.join(runsFolder(folder), '.DS_Store'), '');
    const { runs, unreadable } = await findRuns(folder);
    expect(runs.map(({ run }) => run.id)).toEqual([...ids].reverse());
    expect(unreadable).toMatchObject([
      {
        id: 'odd',
        error: {
          code: 'read-failed',
          message: `${path.join(odd, 'run.json')} is no run that this version of Digits can read; train again, or update Digits.`,
        },
      },
    ]);
    expect(await listRuns(folder)).toEqual(runs);
  });
});
