import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDigits, type Result, type RunOptions } from './runDigits';
import { smallAnswers, smallData } from './smallData';

const rows = 300;
/** Trains in a moment. */
const short = ['--preset', 'quick', '--set', 'batchSize=16', '--set', 'processes=1'] as const;
const portable = [...short, '--engine', 'portable'] as const;

let folder: string;
beforeAll(() => (folder = smallData(rows, 100)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs `digits`, in the folder of the data where not said otherwise. */
const digits = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Result> =>
  runDigits(args, { cwd: folder, ...options });

describe('digits', () => {
  it('inspects a folder', async () => {
    const { code, events } = await digits(['inspect', '.', '--json']);
    expect(code).toBe(0);
    expect(events().at(-1)).toMatchObject({
      event: 'done',
      files: [
        { file: 'train.csv', kind: 'train', rows, classes: 10, problems: [] },
        { file: 'test.csv', kind: 'test', rows: 100, classes: 0, problems: [] },
      ],
    });
  });

  it.skipIf(process.platform === 'win32')("prints nothing of a folder's name that a terminal would obey", async () => {
    const hostile = smallData(50, 5);
    const name = '\u001b]0;title\u0007\u001b[2J\r\u202e';
    fs.mkdirSync(path.join(hostile, name));
    fs.renameSync(path.join(hostile, 'train.csv'), path.join(hostile, name, 'train.csv'));
    const good = await digits(['inspect', hostile]);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    const bad = await digits(['inspect', path.join(hostile, `${name}none`)]);
    expect(bad.code).toBe(1);
    for (const text of [good.stdout, bad.stderr]) {
      expect(text).toContain(']0;title');
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    }
    fs.rmSync(hostile, { recursive: true });
  });

  it("inspects a damaged file: every row that can't be read, with its number", async () => {
    const damaged = smallData(50, 5);
    const file = path.join(damaged, 'train.csv');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(
      file,
      lines.with(7, lines[7]!.replace(/,\d+$/, '')).with(30, lines[30]!.replace(/,\d+$/, ',300')).join('\n'),
    );
    const { code, events } = await digits(['inspect', damaged, '--json']);
    expect(code).toBe(0);
    const [train] = events().at(-1)!['files'] as { rows: number; problems: { row: number; message: string }[] }[];
    expect(train!.rows).toBe(50);
    expect(train!.problems.map(({ row }) => row)).toEqual([7, 30]);
    for (const { row, message } of train!.problems) expect(message).toContain(`train.csv, row ${row}`);
    fs.rmSync(damaged, { recursive: true });
  });

  it('trains, lists the run and writes a submission', async () => {
    const trained = await digits(['train', '.', ...short, '--epochs', '5', '--seed', '3', '--json']);
    expect(trained.code).toBe(0);
    const done = trained.events().at(-1)!;
    expect(done).toMatchObject({
      event: 'done',
      engine: 'native',
      epochs: 5,
      run: expect.any(String),
      seconds: expect.any(Number),
      valAccuracy: expect.any(Number),
    });
    expect(
      trained
        .events()
        .filter(({ event }) => event === 'epoch')
        .map(({ epoch }) => epoch),
    ).toEqual([1, 2, 3, 4, 5]);

    const runs = await digits(['runs', '.', '--json']);
    expect(runs.events()[0]).toMatchObject({ event: 'run', run: done['run'], status: 'done', seed: 3 });
    // As the editor's rename leaves it.
    fs.writeFileSync(path.join(folder, '.digits', 'runs', String(done['run']), 'title.json'), '{"title":"first try"}');
    expect((await digits(['runs', '.', '--json'])).events()[0]).toMatchObject({ run: done['run'], title: 'first try' });
    expect((await digits(['runs', '.'])).stdout).toMatch(/% after epoch \d {2}first try\n/);

    const submitted = await digits(['submit', '.', '--run', String(done['run']), '--out', 'mine.csv', '--json']);
    expect(submitted.code).toBe(0);
    expect(submitted.events().at(-1)).toMatchObject({
      event: 'done',
      file: path.join(fs.realpathSync(folder), 'mine.csv'),
      rows: 100,
    });
    const lines = fs.readFileSync(path.join(folder, 'mine.csv'), 'utf8').split('\n');
    expect(lines).toHaveLength(102);
    expect(smallAnswers(rows, 100).filter((answer, i) => lines[i + 1] === `${i + 1},${answer}`).length).toBeGreaterThan(
      50,
    );
  });

  it('evaluates the newest run on a labelled file, for programs and for people', async () => {
    const labelled = fs.readFileSync(path.join(folder, 'train.csv'), 'utf8').split('\n').slice(0, 201).join('\n');
    fs.mkdirSync(path.join(folder, 'more'));
    fs.writeFileSync(path.join(folder, 'more', 'labelled.csv'), `${labelled}\n`);
    const { code, events } = await digits(['evaluate', '.', 'more/labelled.csv', '--json']);
    expect(code).toBe(0);
    const done = events().at(-1)!;
    const { right, misclassified, accuracy, low, high } = done as Record<string, number>;
    expect(done).toMatchObject({
      event: 'done',
      images: 200,
      file: path.join(fs.realpathSync(folder), 'more', 'labelled.csv'),
    });
    expect(right! + misclassified!).toBe(200);
    expect(accuracy).toBe(right! / 200);
    expect(low! < accuracy! && accuracy! < high!).toBe(true);
    const wrong = events().filter(({ event }) => event === 'misclassified');
    expect(wrong).toHaveLength(misclassified!);
    for (const { row, label, predicted } of wrong) {
      expect(labelled.split('\n')[Number(row)]).toMatch(new RegExp(`^${String(label)},`));
      expect(predicted).not.toBe(label);
    }
    const { confusion } = events().find(({ event }) => event === 'confusion') as { confusion: number[][] };
    expect(confusion.reduce((sum, row, label) => sum + row[label]!, 0)).toBe(right);

    // Named within the folder as well.
    const told = await digits(['evaluate', folder, 'labelled.csv'], { cwd: path.join(folder, 'more') });
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(
      /^\d+\.\d\d % of 200 images of labelled\.csv right \(95 % confidence interval .* to .*\), by run /,
    );
    expect(told.stdout).toMatch(/\n0( +(\d+|\.)){10} +\d+\.\d\d %\n/);
  });

  it("lists the rows of a file that it can't evaluate on", async () => {
    const lines = fs.readFileSync(path.join(folder, 'train.csv'), 'utf8').split('\n').slice(0, 30);
    fs.writeFileSync(
      path.join(folder, 'damaged.csv'),
      lines.with(7, `${lines[7]!},1`).with(9, lines[9]!.replace(/,\d+$/, ',-4')).join('\n'),
    );
    const { code, stdout, stderr } = await digits(['evaluate', '.', 'damaged.csv']);
    expect(code).toBe(1);
    expect(stdout.match(/^damaged\.csv, row \d+/gm)).toEqual(['damaged.csv, row 7', 'damaged.csv, row 9']);
    expect(stderr).toMatch(/^damaged\.csv, row 7 .*\n$/);
  });

  it("refuses to train on rows that can't be read, lists them, and trains without them when told to", async () => {
    const damaged = smallData(60, 1);
    const file = path.join(damaged, 'train.csv');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(
      file,
      lines.with(7, lines[7]!.replace(/,\d+$/, '')).with(30, lines[30]!.replace(/,\d+$/, ',300')).join('\n'),
    );

    const refused = await digits(['train', damaged, ...portable]);
    expect(refused.code).toBe(1);
    expect(refused.stdout.match(/^train\.csv, row \d+/gm)).toEqual(['train.csv, row 7', 'train.csv, row 30']);
    expect(refused.stderr).toMatch(
      /^train\.csv, row 7 \(line 8\) has 784 values where the header has 785; fix or delete the row\. Row 30 can't be read either\. --skip-bad-rows trains without them\.\n$/,
    );
    const forPrograms = await digits(['train', damaged, ...portable, '--json']);
    expect(
      forPrograms
        .events()
        .filter(({ event }) => event === 'problem')
        .map(({ message }) => String(message).slice(0, 17)),
    ).toEqual(['train.csv, row 7 ', 'train.csv, row 30']);
    expect(forPrograms.events().at(-1)).toMatchObject({ event: 'error', code: 'bad-row' });
    expect(fs.existsSync(path.join(damaged, '.digits'))).toBe(false);

    const skipped = await digits(['train', damaged, ...portable, '--skip-bad-rows', '--epochs', '1', '--json']);
    expect(skipped.code).toBe(0);
    expect(skipped.events().find(({ event }) => event === 'started')).toMatchObject({
      trainingRows: 52,
      validationRows: 6,
      skippedRows: 2,
    });
    expect(skipped.events()).toContainEqual({
      event: 'warning',
      message: "Rows 7 and 30 of train.csv can't be read and were skipped.",
    });
    fs.rmSync(damaged, { recursive: true });
  });

  it('exports a network to a folder, and to no other that is in use', async () => {
    const exported = await digits(['export', '.', '--out', 'page', '--json']);
    expect(exported.code).toBe(0);
    expect(exported.events().at(-1)).toMatchObject({
      event: 'done',
      folder: path.join(fs.realpathSync(folder), 'page'),
      files: expect.arrayContaining(['index.html', 'model.json', 'classify.mjs', 'README.md']),
    });
    const refused = await digits(['export', '.', '--out', '.']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      / is not empty and no earlier export as that was written, for \S+ is in it; name an empty or a new folder\.\n$/,
    );
  });

  it('trains on the first rows only when asked to', async () => {
    const { code, events } = await digits(['train', '.', ...portable, '--limit', '200', '--epochs', '1', '--json']);
    expect(code).toBe(0);
    expect(events().find(({ event }) => event === 'started')).toMatchObject({ trainingRows: 180, validationRows: 20 });
  });

  it('ends with 130 after Ctrl-C and says what is kept', async () => {
    const { code, stderr, events } = await digits(['train', '.', '--epochs', '500', '--json'], {
      onLine: (line, child) => line.includes('"event":"epoch"') && child.kill('SIGINT'),
    });
    expect(code).toBe(130);
    expect(events().at(-1)).toMatchObject({ event: 'error', code: 'cancelled' });
    expect(stderr).toMatch(/^Cancelled; epoch \d+ is kept in run /m);
  });

  it('resumes a run that was stopped, with its own settings, up to its last epoch', async () => {
    let stopped = false;
    const first = await digits(['train', '.', ...portable, '--epochs', '8', '--all-rows', '--json'], {
      onLine: (line, child) => {
        if (!stopped && line.includes('"event":"epoch"')) child.kill('SIGINT');
        stopped ||= line.includes('"event":"epoch"');
      },
    });
    expect(first.code).toBe(130);
    const { run } = first.events().find(({ event }) => event === 'started')! as { run: string };
    expect(first.stderr).toContain(`"digits train . --resume ${run}" goes on`);
    const ended = first.events().filter(({ event }) => event === 'epoch').length;

    const { code, events } = await digits(['train', '.', '--resume', run, '--json']);
    expect(code).toBe(0);
    expect(
      events()
        .filter(({ event }) => event === 'epoch')
        .map(({ epoch }) => epoch),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8].slice(ended));
    expect(events().at(-1)).toMatchObject({ event: 'done', run, epochs: 8, bestEpoch: 8 });
    expect(events().find(({ event }) => event === 'started')).toMatchObject({
      run,
      trainingRows: rows,
      validationRows: 0,
    });
    // Now it is done, and says so.
    const again = await digits(['train', '.', '--resume', run]);
    expect([again.code, again.stderr]).toEqual([
      1,
      `Run ${run} is done, there is nothing to resume; start a new training for more epochs.\n`,
    ]);
    expect((await digits(['runs', '.'])).stdout).toContain(`${run}  done  on all rows, after epoch 8\n`);
  });
});
