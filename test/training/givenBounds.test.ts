import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunFolder, runsFolder, writeRun } from '../../src/store/run/runFolder';
import { runRecord } from '../unit/support/runRecord';
import { runDigits } from './runDigits';
import { smallData } from './smallData';

// What is given on a command line or found in a folder of runs has bounds, and whoever passes one is told which.

let folder: string;
beforeAll(() => (folder = smallData(100, 5)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('a value on a command line', () => {
  it.each([
    ['--epochs 65537', '--epochs takes a whole number from 1 to 65,536, not "65537".'],
    ['--epochs 0', '--epochs takes a whole number from 1 to 65,536, not "0".'],
    ['--epochs 1e3', '--epochs takes a whole number from 1 to 65,536, not "1e3".'],
    ['--limit 99999999999', '--limit takes a whole number from 1 to 4,294,967,295, not "99999999999".'],
    ['--limit 0', '--limit takes a whole number from 1 to 4,294,967,295, not "0".'],
    ['--seed 4294967296', '--seed takes a whole number from 0 to 4,294,967,295, not "4294967296".'],
    [
      '--epochs 1311 --set networks=50',
      '1,311 epochs of 50 networks are more than the 65,536 that a run may have; choose fewer epochs.',
    ],
    [
      '--preset notebook --set weightDecay=0.1',
      '"weightDecay" has no effect with the preset notebook, whose optimizer is RMSprop; leave it out, or choose another preset.',
    ],
  ])('is refused beyond its bounds, which are named: %s', async (options, says) => {
    const { code, stderr } = await runDigits(['train', '.', ...options.split(' ')], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: says.startsWith('--') ? 2 : 1, stderr: `${says}\n` });
    expect(fs.existsSync(runsFolder(folder))).toBe(false);
  });
});

describe('a run from another time', () => {
  it('is named as one that can not be read, and a training beside it goes on', async () => {
    const runFolder = await createRunFolder(folder, 'odd');
    await writeRun(runFolder, runRecord({ id: 'odd', created: '+275760-09-13T00:00:00.000Z' }));
    await writeRun(
      await createRunFolder(folder, 'last'),
      runRecord({ id: 'last', status: 'failed', created: '9999-12-31T23:59:59.999Z' }),
    );
    const says = `${path.join(runFolder, 'run.json')} is no run that this version of Digits can read; train again, or update Digits.`;
    expect((await runDigits(['train', '.', '--preset', 'quick', '--epochs', '1'], { cwd: folder })).code).toBe(0);
    const { code, stdout, events } = await runDigits(['runs', '.', '--json'], { cwd: folder });
    expect({ code, odd: events().filter(({ event }) => event === 'unreadable') }).toEqual({
      code: 0,
      odd: [{ event: 'unreadable', run: 'odd', code: 'read-failed', message: says }],
    });
    expect(stdout).toContain('"event":"done","runs":2,"unreadable":1');
    expect((await runDigits(['runs', '.'], { cwd: folder })).stdout).toContain(says);
    const chosen = await runDigits(['evaluate', '.', 'train.csv', '--run', 'odd'], { cwd: folder });
    expect({ code: chosen.code, stderr: chosen.stderr }).toEqual({ code: 1, stderr: `${says}\n` });
  });
});

describe.skipIf(process.platform === 'win32')('a command that is offered for copying', () => {
  it.each([
    ['$(touch x)', `'$(touch x)'`],
    ['a\nb', String.raw`$'a\x0ab'`],
    ["it's", `'it'\\''s'`],
  ])('names the folder %j as a shell takes it', async (name, quoted) => {
    fs.mkdirSync(path.join(folder, name));
    fs.copyFileSync(path.join(folder, 'train.csv'), path.join(folder, name, 'train.csv'));
    const { stdout } = await runDigits(['runs', name], { cwd: folder });
    expect(stdout).toContain(`"digits train ${quoted}"`);
  });
});
