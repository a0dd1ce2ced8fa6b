import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkpointFile, deleteCheckpoint, readCheckpoint } from '../../../../src/store/run/checkpoint';
import { RunLease } from '../../../../src/store/run/lease';
import { listEvaluations, readEvaluation, writeEvaluation } from '../../../../src/store/run/evaluations';
import { readMetadata } from '../../../../src/store/run/readMetadata';
import {
  createRunFolder,
  historyFile,
  listRuns,
  readHistory,
  readPredictions,
  readRun,
  runsFolder,
  writePredictions,
  writeRun,
} from '../../../../src/store/run/runFolder';
import { writeRunFiles } from '../../../../src/store/run/runFiles';
import { isRunFolder } from '../../../../src/store/run/runPaths';
import { readTitle, writeTitle } from '../../../../src/store/run/titleFile';
import { validationView } from '../../../../src/host/run/validationView';
import { runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

// Who gives away a folder with data may give it a folder of runs as well, made by hand.

const temporary = temporaryFolder();
const run = runRecord();
const predictions = { rows: Uint32Array.of(1), labels: Uint16Array.of(0), probabilities: Float32Array.of(1, 0) };
const about = { fingerprint: 'f', epoch: 1, images: 1, right: 1 };
const outward = /leads out of the folder of the data by a link/;

let data: string;
let elsewhere: string;
let count = 0;
beforeEach(() => {
  data = path.join(temporary.path, `data ${++count}`);
  elsewhere = path.join(temporary.path, `elsewhere ${count}`);
  fs.mkdirSync(data);
  fs.mkdirSync(elsewhere);
});

/** All files below a folder with what they hold. */
function contents(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(
    files
      .map(file => path.join(file.parentPath, file.name))
      .map(file => [path.relative(folder, file), fs.readFileSync(file, 'latin1')]),
  );
}

/** All that is written of a run, and all that is deleted. */
const writers: Readonly<Record<string, (runFolder: string) => Promise<unknown>>> = {
  'run.json': runFolder => writeRun(runFolder, run),
  'history.json': runFolder => writeRunFiles(runFolder, [historyFile(runFolder, [])]),
  heartbeat: runFolder => RunLease.take(runFolder, 0),
  'title.json': runFolder => writeTitle(runFolder, 'first try'),
  'the title that goes': runFolder => writeTitle(runFolder, ''),
  'checkpoint.safetensors': runFolder =>
    writeRunFiles(runFolder, [checkpointFile(runFolder, { epochs: 1, finished: [], current: undefined })]),
  'the checkpoint that goes': runFolder => deleteCheckpoint(runFolder),
  'validation.safetensors': runFolder => writePredictions(runFolder, 'validation', predictions),
  evaluations: runFolder => writeEvaluation(runFolder, path.join(data, 'a.csv'), about, predictions),
};

describe.skipIf(process.platform === 'win32')('links out of the folder of the data', () => {
  /** Where a link may stand: it leads to a folder elsewhere, which has all that a run has. */
  const places: Readonly<Record<string, (runFolder: string) => void>> = {
    '.digits': () => fs.symlinkSync(path.join(elsewhere, '.digits'), path.join(data, '.digits')),
    '.digits/runs': () => {
      fs.mkdirSync(path.join(data, '.digits'));
      fs.symlinkSync(path.join(elsewhere, '.digits', 'runs'), path.join(data, '.digits', 'runs'));
    },
    'the folder of the run': runFolder => {
      fs.mkdirSync(path.dirname(runFolder), { recursive: true });
      fs.symlinkSync(path.join(elsewhere, '.digits', 'runs', 'a'), runFolder);
    },
    'every file of the run': runFolder => {
      fs.mkdirSync(runFolder, { recursive: true });
      for (const name of fs.readdirSync(path.join(elsewhere, '.digits', 'runs', 'a')))
        fs.symlinkSync(path.join(elsewhere, '.digits', 'runs', 'a', name), path.join(runFolder, name));
    },
  };

  describe.each(Object.keys(places))('at %s', place => {
    let runFolder: string;
    let before: Record<string, string>;
    let evaluation: string;
    beforeEach(async () => {
      const real = path.join(runsFolder(elsewhere), 'a');
      fs.mkdirSync(real, { recursive: true });
      for (const write of [
        'run.json',
        'history.json',
        'heartbeat',
        'title.json',
        'checkpoint.safetensors',
        'validation.safetensors',
        'evaluations',
      ])
        await writers[write]!(real);
      [evaluation] = fs.readdirSync(path.join(real, 'evaluations')).map(name => path.parse(name).name) as [string];
      runFolder = path.join(runsFolder(data), 'a');
      places[place]!(runFolder);
      before = contents(elsewhere);
    });

    it.each(Object.keys(writers).filter(name => place !== 'every file of the run' || !name.endsWith('that goes')))(
      'lets nothing be written: %s',
      async name => {
        await expect(writers[name]!(runFolder)).rejects.toMatchObject({
          code: 'write-failed',
          message: expect.stringMatching(outward),
        });
        expect(contents(elsewhere)).toEqual(before);
      },
    );

    it('lets nothing be read', async () => {
      for (const read of [
        () => readRun(runFolder),
        () => readHistory(runFolder),
        () => readPredictions(runFolder, 'validation'),
        () => readCheckpoint(runFolder),
        () => readMetadata(runFolder, 'validation.safetensors'),
        () => readEvaluation(runFolder, evaluation),
      ]) {
        await expect(read()).rejects.toMatchObject({ code: 'read-failed', message: expect.stringMatching(outward) });
      }
      expect(await readTitle(runFolder)).toBeUndefined();
      expect(await listRuns(data)).toEqual([]);
      expect(await listEvaluations(runFolder)).toEqual([]);
    });

    if (!place.startsWith('.digits')) return;
    it('lets no run be made', async () => {
      await expect(createRunFolder(data, 'b')).rejects.toMatchObject({
        code: 'write-failed',
        message: expect.stringMatching(outward),
      });
      expect(contents(elsewhere)).toEqual(before);
      expect(fs.readdirSync(runsFolder(elsewhere))).toEqual(['a']);
    });
  });

  it('are all the same to a folder of data that is reached by a link itself', async () => {
    const link = path.join(temporary.path, 'link to data');
    fs.symlinkSync(data, link);
    const runFolder = await createRunFolder(link, 'a');
    await writeRun(runFolder, run);
    expect(await readRun(runFolder)).toEqual(run);
    expect(await readRun(path.join(runsFolder(data), 'a'))).toEqual(run);
  });

  it("don't matter where they stay in it", async () => {
    fs.mkdirSync(path.join(data, 'store'));
    fs.symlinkSync(path.join(data, 'store'), path.join(data, '.digits'));
    const runFolder = await createRunFolder(data, 'a');
    await writeRun(runFolder, run);
    expect(await readRun(runFolder)).toEqual(run);
  });
});

describe("a run's folder made by hand", () => {
  const runFolder = (): string => path.join(runsFolder(data), 'a');
  const write = (name: string, content: string): void => {
    fs.mkdirSync(runFolder(), { recursive: true });
    fs.writeFileSync(path.join(runFolder(), name), content);
  };

  it.each([
    '../../../etc/passwd',
    '/etc/passwd',
    '..',
    '.',
    '',
    'more/train.csv',
    '..\\secret.csv',
    'C:secret.csv',
    '\\\\server\\share\\train.csv',
    '//server/share/train.csv',
    'train.csv\n',
    'x'.repeat(300),
  ])('is refused where its data are at %j', async file => {
    write('run.json', JSON.stringify({ ...run, data: { ...run.data, file } }));
    await expect(readRun(runFolder())).rejects.toMatchObject({
      code: 'read-failed',
      message: expect.stringMatching(/run\.json is no run that this version of Digits can read/),
    });
  });

  it.each(['../../x', '..', '/tmp/x', 'a/b', 'a\\b', '.hidden', 'a\u0000', 'C:', ''])(
    'is refused where it calls itself %j',
    async id => {
      write('run.json', JSON.stringify({ ...run, id }));
      await expect(readRun(runFolder())).rejects.toMatchObject({ code: 'read-failed' });
    },
  );

  it.each([
    ['more networks than fit in memory', { networks: 1e9 }],
    ['images larger than memory', { data: { ...run.data, side: 1e6 } }],
  ])('is refused with %s', async (_, change) => {
    write('run.json', JSON.stringify({ ...run, ...change }));
    await expect(readRun(runFolder())).rejects.toMatchObject({ code: 'read-failed' });
  });

  it('is refused where a file of it is larger than any is, before it is read', async () => {
    write('run.json', '');
    write('history.json', '');
    // Sparse: a gigabyte that takes no room.
    for (const name of ['run.json', 'history.json']) fs.truncateSync(path.join(runFolder(), name), 1 << 30);
    await expect(readRun(runFolder())).rejects.toMatchObject({
      message: expect.stringMatching(/run\.json is damaged/),
      detail: `${1 << 30} bytes`,
    });
    await expect(readHistory(runFolder())).rejects.toMatchObject({
      message: expect.stringMatching(/history\.json is damaged/),
      detail: `${1 << 30} bytes`,
    });
    write('title.json', JSON.stringify({ title: 'x', more: 'x'.repeat(1 << 16) }));
    expect(await readTitle(runFolder())).toBeUndefined();
    write('validation.safetensors', '');
    fs.truncateSync(path.join(runFolder(), 'validation.safetensors'), 2 ** 31);
    await expect(readPredictions(runFolder(), 'validation')).rejects.toMatchObject({ detail: `${2 ** 31} bytes` });
  });

  it('is refused where its history has more epochs than any, or one that is further than any', async () => {
    const epoch = { epoch: 1, loss: 1, accuracy: 1, learningRate: 1, trainSeconds: 1, seconds: 1 };
    write('history.json', JSON.stringify(new Array(70_000).fill(epoch)));
    await expect(readHistory(runFolder())).rejects.toMatchObject({ code: 'read-failed' });
    write('history.json', JSON.stringify([{ ...epoch, epoch: 2 ** 40 }]));
    await expect(readHistory(runFolder())).rejects.toMatchObject({ code: 'read-failed' });
  });

  it.skipIf(process.platform === 'win32')(
    'is refused where a file of it is a pipe, and nobody waits for that',
    async () => {
      fs.mkdirSync(runFolder(), { recursive: true });
      execFileSync('mkfifo', [path.join(runFolder(), 'run.json')]);
      await expect(readRun(runFolder())).rejects.toMatchObject({
        code: 'read-failed',
        message: expect.stringMatching(/is a pipe or a device and no file/),
      });
    },
  );

  it('has no confusion matrix where its classes are too many for one', () => {
    const classes = 1 << 15;
    const probabilities = new Float32Array(classes);
    expect(() =>
      validationView({ rows: Uint32Array.of(1), labels: Uint16Array.of(0), probabilities }, classes),
    ).toThrow(/^This run has 32,768 classes, too many for a confusion matrix/);
  });
});

describe('a path', () => {
  it('is that of a run where it has the form of one, and no other', () => {
    expect(isRunFolder(path.resolve('/data/.digits/runs/a'))).toBe(true);
    for (const other of [
      '/',
      '/home/somebody',
      '/data/.digits/runs',
      '/data/.digits/runs/',
      '/data/.digits/runs/a/',
      '/data/.digits/runs/..',
      '/data/.digits/runs/../runs/a',
      '/data/.digits/runs/a/../../../..',
      '/data/runs/a',
      '.digits/runs/a',
      '/data/.digits/runs/a/model',
      '',
      undefined,
      null,
      7,
      {},
      ['/data/.digits/runs/a'],
    ])
      expect(isRunFolder(other)).toBe(false);
  });
});
