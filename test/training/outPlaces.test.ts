import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runsFolder } from '../../src/store/run/runFolder';
import { contentsBelow } from './contentsBelow';
import { runDigits, type Result } from './runDigits';
import { smallData } from './smallData';

// Results that are to be written where something is that must stay: refused before anything is predicted.

let folder: string;
let run: string;
const digits = (...args: string[]): Promise<Result> => runDigits(args, { cwd: folder });

beforeAll(async () => {
  folder = smallData(200, 10);
  fs.writeFileSync(
    path.join(folder, 'sample_submission.csv'),
    `ImageId,Label\n${Array.from({ length: 10 }, (_, i) => `${i + 1},0\n`).join('')}`,
  );
  await digits('train', '.', '--preset', 'quick', '--epochs', '1', '--engine', 'portable', '--set', 'processes=1');
  [run] = fs.readdirSync(runsFolder(folder)) as [string];
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs it, and expects it to be refused with one sentence, to have begun nothing, and to leave all as it was. */
async function expectRefused(args: readonly string[], reason: RegExp): Promise<void> {
  const before = contentsBelow(folder);
  const { code, stdout, stderr } = await digits(...args, '--json');
  expect([args, code, stderr]).toEqual([args, 1, expect.stringMatching(reason)]);
  expect(stderr.match(/\n/g)).toHaveLength(1);
  expect(stdout).not.toContain('"progress"');
  expect(contentsBelow(folder)).toEqual(before);
}

it('a submission replaces no file of the data and no file of a run, however that is spelled', async () => {
  for (const out of ['train.csv', './test.csv', `../${path.basename(folder)}/sample_submission.csv`])
    await expectRefused(['submit', '.', '--out', out], /is a file of the data, which a submission must not replace/);
  for (const out of [`.digits/runs/${run}/run.json`, `.digits/runs/${run}/new.csv`, '.digits/new.csv'])
    await expectRefused(['submit', '.', '--out', out], /is in the folder \.digits/);
});

it('an export goes into no folder of runs', async () => {
  for (const out of ['.digits/page', `.digits/runs/page`, `.digits/runs/${run}/page`])
    await expectRefused(['export', '.', '--out', out], /is in the folder \.digits/);
  for (const out of ['.', '.digits'])
    await expectRefused(['export', '.', '--out', out], /; name (an empty or a new folder|another place)\.$/m);
});

it.skipIf(process.platform === 'win32')(
  'a submission replaces no pipe or folder, and does not wait for a reader of the pipe',
  async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    fs.mkdirSync(path.join(folder, 'taken'));
    await expectRefused(['submit', '.', '--out', 'pipe'], /^pipe is a device, a pipe or a socket/);
    await expectRefused(['submit', '.', '--out', 'taken'], /^taken is a folder/);
    fs.rmSync(path.join(folder, 'pipe'));
  },
);

it('a submission replaces an earlier one', async () => {
  fs.writeFileSync(path.join(folder, 'submission.csv'), 'ImageId,Label\n1,0\n');
  expect(await digits('submit', '.')).toMatchObject({ code: 0, stderr: '' });
  expect(fs.readFileSync(path.join(folder, 'submission.csv'), 'utf8')).toMatch(/^ImageId,Label\n(\d+,\d\n){10}$/);
});
