import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/store/pixelFile/fingerprint';
import { writeEvaluation } from '../../../../src/store/run/evaluations';
import { imageFileOf } from '../../../../src/host/run/imageFile';
import { evaluationView, runPanelState } from '../../../../src/host/run/runState';
import type { RunAccess } from '../../../../src/host/runs/runAccess';
import { writePredictions, writeRun } from '../../../../src/store/run/runFolder';
import { runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** The folder of a run of the data in the temporary folder. */
const runFolder = (): string => path.join(folder.path, '.digits', 'runs', 'r');

/** A run that was trained on train.csv as it is now. */
async function trained(): Promise<void> {
  const file = await folder.write('train.csv', 'label,pixel0\n1,2\n');
  fs.mkdirSync(runFolder(), { recursive: true });
  const record = runRecord({ id: 'r' });
  await writeRun(runFolder(), {
    ...record,
    data: { ...record.data, file: 'train.csv', fingerprint: (await fingerprint(file)).full, classes: [0, 1] },
  });
}

/** The run evaluated on a file of one row; returns the evaluation's id. */
async function evaluated(file: string, print: string): Promise<string> {
  await trained();
  const about = { fingerprint: print, epoch: 1, images: 1, right: 0 };
  const { id } = await writeEvaluation(runFolder(), file, about, {
    rows: Uint32Array.of(1),
    labels: Uint16Array.of(1),
    probabilities: Float32Array.of(0.75, 0.25),
  });
  return id;
}

/** The one file outside of the data set's folder that may be read. */
let allowed = '';

function access(trainsHere = false): RunAccess {
  const never = () => ({ dispose: () => undefined });
  return {
    onDidChangeRun: never,
    onDidChangeData: never,
    onDidProgress: never,
    watch: () => undefined,
    testFile: async () => undefined,
    progress: () => undefined,
    trainsHere: () => trainsHere,
    canResume: async () => false,
    cancel: () => undefined,
    mayRead: file => file === allowed,
  };
}

describe('the images of a run', () => {
  it('are those of the file that was trained on', async () => {
    await trained();
    const { file, ofTrainingFile, check } = await imageFileOf(runFolder(), undefined);
    expect({ file, ofTrainingFile }).toEqual({ file: path.join(folder.path, 'train.csv'), ofTrainingFile: true });
    await expect(check()).resolves.toBeUndefined();
    expect((await runPanelState(runFolder(), access())).imagesNote).toBeUndefined();
  });

  it('are refused with a sentence once the file is another, though its images have the same size', async () => {
    await trained();
    await folder.write('train.csv', 'label,pixel0\n1,3\n');
    const { check } = await imageFileOf(runFolder(), undefined);
    await expect(check()).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/^train\.csv has changed/),
    });
    expect((await runPanelState(runFolder(), access())).imagesNote).toMatch(/^train\.csv has changed/);
  });
});

describe('the images of an evaluation', () => {
  const labelled = (): Promise<string> => folder.write('labelled.csv', 'label,pixel0\n1,7\n');

  it('are those of the file that was evaluated on, and its mistakes are told', async () => {
    const file = await labelled();
    const id = await evaluated(file, (await fingerprint(file)).full);
    expect(await imageFileOf(runFolder(), id)).toMatchObject({ file, ofTrainingFile: false });
    const view = await evaluationView(runFolder(), id, access());
    expect(view).toMatchObject({
      confusion: [
        [0, 0],
        [1, 0],
      ],
      confidence: 0.75,
      imagesNote: undefined,
    });
    expect(view.misclassified.rows).toEqual(Uint32Array.of(1));
  });

  it('are known to be of the training file where it was evaluated on that', async () => {
    await trained();
    const file = path.join(folder.path, 'train.csv');
    const id = await evaluated(file, (await fingerprint(file)).full);
    expect(await imageFileOf(runFolder(), id)).toMatchObject({ file, ofTrainingFile: true });
  });

  it('are refused with a sentence once the file or the evaluation is gone', async () => {
    const file = await labelled();
    const id = await evaluated(file, (await fingerprint(file)).full);
    await folder.write('labelled.csv', 'label,pixel0\n1,3\n');
    expect((await evaluationView(runFolder(), id, access())).imagesNote).toMatch(
      /^labelled\.csv has changed since this run was evaluated on it/,
    );
    await expect(imageFileOf(runFolder(), 'none')).rejects.toThrow(/evaluate on the file again/);
  });
});

describe('an evaluation whose file lies elsewhere', () => {
  it.each(['../elsewhere.csv', '../../../etc/passwd', '/etc/passwd', 'more/../../elsewhere.csv'])(
    'shows no images of %s, unless the user named it here',
    async file => {
      allowed = '';
      const target = path.resolve(folder.path, file);
      const id = await evaluated(target, 'f');
      await expect(imageFileOf(runFolder(), id)).rejects.toThrow(
        /lies outside of the data set's folder and was not evaluated on here/,
      );
      expect((await evaluationView(runFolder(), id, access())).imagesNote).toMatch(
        /lies outside of the data set's folder/,
      );
      allowed = target;
      expect((await evaluationView(runFolder(), id, access())).imagesNote).not.toMatch(/lies outside/);
    },
  );
});

describe('the state of a run panel', () => {
  it('offers to cancel only what this window trains', async () => {
    await trained();
    expect((await runPanelState(runFolder(), access(true))).trainsHere).toBe(true);
    expect((await runPanelState(runFolder(), access(false))).trainsHere).toBe(false);
  });
});

describe('the panel of a run whose training diverged', () => {
  const diverged = { rows: Uint32Array.of(1), labels: Uint16Array.of(1), probabilities: Float32Array.of(NaN, 0.25) };

  it('opens, and says why it shows nothing of the validation set', async () => {
    await trained();
    await writePredictions(runFolder(), 'validation', diverged);
    const state = await runPanelState(runFolder(), access());
    expect(state.validation).toBeUndefined();
    expect(state.validationNote).toMatch(/^The predictions in this run's folder are not finite numbers/);
  });

  it('refuses an evaluation with such predictions', async () => {
    await trained();
    const about = { fingerprint: 'x', epoch: 1, images: 1, right: 0 };
    const { id } = await writeEvaluation(runFolder(), path.join(folder.path, 'more.csv'), about, diverged);
    await expect(evaluationView(runFolder(), id, access())).rejects.toMatchObject({ code: 'diverged' });
  });
});
