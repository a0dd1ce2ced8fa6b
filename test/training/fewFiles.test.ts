import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunFolder, writeRun } from '../../src/store/run/runFolder';
import { runRecord } from '../unit/support/runRecord';
import { isFullRun } from '../fullRun';
import { runDigits } from './runDigits';
import { smallData } from './smallData';

// Where few files may be open at once, a command does all that it does, or says that this is why it can't.

const enough = 64;
const quick = ['--preset', 'quick', '--epochs', '1', '--set', 'processes=1'];
/** These open what one of the first does: tried in full. */
const others: [string[]][] = [[['evaluate', '.', 'train.csv']], [['export', '.', '--out', 'page']], [['inspect', '.']]];
let folder: string;
beforeAll(async () => {
  folder = smallData(100, 5);
  for (let i = 0; i < 20; i++) {
    const id = `old-${i}`;
    await writeRun(await createRunFolder(folder, id), runRecord({ id, status: 'failed' }));
  }
  const trained = await runDigits(['train', '.', ...quick], {
    cwd: folder,
  });
  expect(trained.code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('with a limit on open files', () => {
  it.each<[string[]]>([[['train', '.', ...quick]], [['submit', '.']], [['runs', '.']], ...(isFullRun ? others : [])])(
    'digits %j',
    async given => {
      const complete = await runDigits([...given, '--json'], { cwd: folder, openLimit: enough });
      expect(complete.code).toBe(0);
      const last = complete.events().at(-1)!;
      for (const openLimit of isFullRun ? [20, 24, 30] : [20, 30]) {
        if (given[0] === 'export') fs.rmSync(path.join(folder, 'page'), { recursive: true, force: true });
        const { code, stderr, events } = await runDigits([...given, '--json'], { cwd: folder, openLimit });
        if (code === 0) {
          const { rows, runs, files } = events().at(-1)!;
          if (given[0] !== 'train')
            expect({ rows, runs, files }).toEqual({ rows: last['rows'], runs: last['runs'], files: last['files'] });
          continue;
        }
        expect({ openLimit, code, stderr }).toEqual({
          openLimit,
          code: 1,
          stderr: expect.stringMatching(
            /^[^\n]*(?:[Tt]oo (?:few|many) files)[^\n]*raise the limit, as with "ulimit -n 1024", and try again\.\n$/,
          ),
        });
      }
    },
  );
});
