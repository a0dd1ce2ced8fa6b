import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readPredictions, readRun, runsFolder } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import type { TrainingEvents } from '../../src/protocol/training';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

let folder: string;
let file: string;
let lines: readonly string[];
let child: TrainingProcess | undefined;
beforeAll(async () => {
  folder = smallData(320, 1);
  file = path.join(folder, 'train.csv');
  lines = fs.readFileSync(file, 'utf8').split('\n');
  writeWithout(badRows);
  let stops = false;
  const training = start({ epoch: () => stops && training.rpc.notify('cancel', undefined) });
  await training.rpc.call('train', job('whole', skipping));
  stops = true;
  await training.rpc.call('train', job('parts', skipping));
  training.dispose();
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.dispose());

const config: RunConfig = {
  preset: 'quick',
  epochs: 4,
  seed: 3,
  engine: 'portable',
  overrides: { batchSize: 16, processes: 1 },
};
const skipping: RunConfig = { ...config, skipBadRows: true };
const job = (runId: string, of: RunConfig) => ({ folder, trainFile: file, runId, config: of });
const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);
const badRows = [5, 60, 200];

function start(events: Partial<TrainingEvents> = {}): TrainingProcess {
  child = startTraining(events);
  return child;
}

/** Writes the file with a value of these rows put wrong, or back. The size stays, and so does what a fingerprint looks at. */
function writeWithout(rows: readonly number[]): void {
  fs.writeFileSync(
    file,
    lines.map((line, row) => (rows.includes(row) ? line.replace(/^(\d),0,0,/, '$1,x,0,') : line)).join('\n'),
  );
}

function weightsOf(runId: string): Buffer {
  const model = path.join(runFolderOf(runId), 'model');
  return fs.readFileSync(
    path.join(
      model,
      fs.readdirSync(model).find(name => name.endsWith('.bin'))!,
    ),
  );
}

describe("training on a file with rows that can't be read", () => {
  it('is refused with a list of them, and leaves no run behind', async () => {
    writeWithout(badRows);
    await expect(start().rpc.call('train', job('refused', config))).rejects.toMatchObject({
      code: 'bad-row',
      message:
        'train.csv, row 5 (line 6) has "x" in column 2, where a whole number from 0 to 255 belongs; fix or delete the row. Rows 60 and 200 can\'t be read either.',
      detail: expect.stringMatching(/^train\.csv, row 5 .*\ntrain\.csv, row 60 .*\ntrain\.csv, row 200 [^\n]*$/),
      skippableRows: 3,
    });
    expect(fs.existsSync(runFolderOf('refused'))).toBe(false);
  });

  it('leaves them out where it is told to, and says so in the run', async () => {
    const run = await readRun(runFolderOf('whole'));
    expect(run).toMatchObject({
      status: 'done',
      config: { skipBadRows: true },
      data: { rows: 317, skippedRows: 3, trainingRows: 285, validationRows: 32 },
    });
    expect(run.data.warnings).toEqual(["Rows 5, 60 and 200 of train.csv can't be read and were skipped."]);
    const { rows } = (await readPredictions(runFolderOf('whole'), 'validation'))!;
    expect(badRows.filter(row => rows.includes(row))).toEqual([]);
  });

  it('does not resume where other rows can be read by now, and then without the same rows, to the weights of one that was never stopped', async () => {
    const { config: kept } = await readRun(runFolderOf('parts'));
    const { rpc } = start();
    const resume = () => rpc.call('train', { ...job('parts', kept), resume: true });
    writeWithout([5, 60]);
    await expect(resume()).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringContaining('has changed since run parts began'),
    });
    writeWithout(badRows);
    expect(await resume()).toMatchObject({ status: 'done', data: { rows: 317, skippedRows: 3 } });
    expect(weightsOf('parts').equals(weightsOf('whole'))).toBe(true);
  });

  it("is refused where more than half can't be read, whatever it is told", async () => {
    writeWithout(Array.from({ length: 170 }, (_, at) => at + 1));
    await expect(start().rpc.call('train', job('most', skipping))).rejects.toMatchObject({
      code: 'bad-row',
      message: expect.stringMatching(/170 of 320 rows of train\.csv can't be read, too many to skip\.$/),
    });
  });
});
