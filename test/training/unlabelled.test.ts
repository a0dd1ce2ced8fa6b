import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDigits, type Result } from './runDigits';
import { smallData } from './smallData';

let folder: string;
beforeAll(() => {
  folder = smallData(200, 10);
  const file = path.join(folder, 'train.csv');
  let row = 0;
  // Every tenth row.
  fs.writeFileSync(
    file,
    fs.readFileSync(file, 'utf8').replace(/^\d+,/gm, label => (++row % 10 === 0 ? '-1,' : label)),
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const short = ['--epochs', '1', '--engine', 'portable', '--set', 'processes=1'];
const train = (...options: readonly string[]): Promise<Result> =>
  runDigits(['train', folder, '--preset', 'quick', ...short, '--json', ...options], { cwd: folder });

describe('rows with the label -1', () => {
  it('are asked about before anything is trained', async () => {
    const { code, stderr } = await train();
    expect(code).toBe(1);
    expect(stderr).toBe(
      'train.csv has the label -1 in 20 rows, the first row 10, which usually stands for "not labelled"; leave these rows out, or train -1 as a class of its own. --unlabelled skip does the one, --unlabelled class the other.\n',
    );
    expect(fs.readdirSync(folder)).not.toContain('.digits');
  });

  it('are left out where that is asked for, and the run says so', async () => {
    const { code, events } = await train('--unlabelled', 'skip');
    expect(code).toBe(0);
    const warning = events().find(({ event }) => event === 'warning');
    expect(warning).toMatchObject({ message: '20 rows of train.csv with the label -1 were left out as not labelled.' });
    const { classes, rows } = newestRun();
    expect({ classes, rows }).toEqual({ classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], rows: 180 });
  });

  it('are a class of their own where that is asked for', async () => {
    expect((await train('--unlabelled', 'class')).code).toBe(0);
    expect(newestRun().classes).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

function newestRun(): { readonly classes: readonly number[]; readonly rows: number } {
  const runs = path.join(folder, '.digits', 'runs');
  const records = fs
    .readdirSync(runs)
    .map(name => JSON.parse(fs.readFileSync(path.join(runs, name, 'run.json'), 'utf8')) as Record<string, unknown>)
    .sort((a, b) => String(b['created']).localeCompare(String(a['created'])));
  return records[0]!['data'] as ReturnType<typeof newestRun>;
}
