import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseRun } from '../../../src/cli/chooseRun';
import { createRunFolder, writeRun } from '../../../src/store/run/runFolder';
import { kaggleCsv } from '../support/pixelCsv';
import { runRecord } from '../support/runRecord';
import { temporaryFolder } from '../support/temporaryFolder';

const folder = temporaryFolder();
const inFolder = (...parts: readonly string[]): string => path.join(folder.path, ...parts);

beforeAll(async () => {
  for (const [name, created] of [
    ['a', '2026-01-01T00:00:00.000Z'],
    ['b', '2026-02-01T00:00:00.000Z'],
  ] as const) {
    fs.mkdirSync(inFolder(name));
    await folder.write(path.join(name, 'train.csv'), kaggleCsv(2, ['1,0,0,0,0', '2,1,0,0,0']));
    await writeRun(await createRunFolder(inFolder(name), `of-${name}`), {
      ...runRecord({ id: `of-${name}`, created }),
      bestEpoch: 1,
    });
  }
});

describe('the run of a command line that names none', () => {
  it.each(['a', 'b'])('is that of the data set beside which the file lies, whichever is newer: %s', async name => {
    expect((await chooseRun(folder.path, undefined, inFolder(name, 'labelled.csv'))).run.id).toBe(`of-${name}`);
  });

  it('is asked for where several data sets have runs', async () => {
    await expect(chooseRun(folder.path, undefined)).rejects.toMatchObject({
      code: 'bad-setting',
      message: expect.stringMatching(
        /has 2 data sets with runs; name one of these folders, .*a, .*b, or a run with --run\.$/,
      ),
    });
  });

  it('is found by its id in any of them, and by the folder of one', async () => {
    expect((await chooseRun(folder.path, 'of-a')).run.id).toBe('of-a');
    expect((await chooseRun(inFolder('b'), undefined)).run.id).toBe('of-b');
  });
});
