import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OwnProcesses } from './ownProcesses';
import { runDigits } from './runDigits';
import { smallData } from './smallData';

// Where a user may have few processes and threads, as `ulimit -u` sets it, a training does all that it does, or says that this
// is why it can't. Root has no such limit, but may become a user of whom nothing else runs.

const uid = 54_321;
const mayTry = process.platform === 'linux' && process.getuid?.() === 0;
let folder: string;
beforeAll(() => {
  folder = smallData(60, 5);
  if (mayTry) for (const file of [folder, `${folder}/train.csv`]) fs.chownSync(file, uid, uid);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!mayTry)('with a limit on processes', () => {
  // Node takes 11 threads for the command line itself. With these, the training process or a worker gets too few.
  it.each([13, 20, 28])('of %i, says so in a sentence, and leaves none behind', async processLimit => {
    const own = new OwnProcesses();
    const { code, stdout, stderr } = await runDigits(
      ['train', '.', '--preset', 'quick', '--engine', 'portable', '--epochs', '1'],
      { cwd: folder, env: own.environment, uid, processLimit },
    );
    expect(await own.gone()).toEqual([]);
    if (code === 0) return expect(stdout).toMatch(/^Done in /m);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^[^\n]* because there are too many processes; raise the limit \(ulimit -u\)[^\n]*\.\n$/),
    ]);
  });

  it('of many, trains', async () => {
    const { code, stderr } = await runDigits(
      ['train', '.', '--preset', 'quick', '--engine', 'portable', '--epochs', '1'],
      { cwd: folder, uid, processLimit: 400 },
    );
    expect([code, stderr]).toEqual([0, '']);
  });
});
