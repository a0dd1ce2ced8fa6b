import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/store/pixelFile/fingerprint';
import type { Evaluation } from '../../../../src/core/run/evaluation';
import { listEvaluations, writeEvaluation } from '../../../../src/store/run/evaluations';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import { evaluationView, imageFileOf, runPanelState } from '../../../../src/host/run/runState';
import { checkTrainFile } from '../../../../src/store/run/trainingFile';
import type { LoadedRun, RunAccess } from '../../../../src/host/runs/runAccess';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** A run that was trained on train.csv as it is now. */
async function trained(): Promise<LoadedRun> {
  const file = await folder.write('train.csv', 'label,pixel0\n1,2\n');
  const data: Partial<RunRecord['data']> = { file: 'train.csv', fingerprint: await fingerprint(file), classes: [0, 1] };
  return {
    run: { data } as RunRecord,
    history: [],
    validation: undefined,
    evaluations: [],
    dataFolder: folder.path,
    testFile: undefined,
  };
}

/** A run of the data in the temporary folder. */
const runFolder = (): string => path.join(folder.path, '.digits', 'runs', 'r');

/** The one file outside of the data set's folder that may be read. */
let allowed = '';

function access(loaded: LoadedRun, trainsHere = false): RunAccess {
  const never = () => ({ dispose: () => undefined });
  return {
    onDidChangeRun: never,
    onDidChangeData: never,
    onDidProgress: never,
    load: async () => loaded,
    summary: async () => loaded,
    progress: () => undefined,
    trainsHere: () => trainsHere,
    canResume: async () => false,
    cancel: () => undefined,
    mayRead: file => file === allowed,
  };
}

describe('the images of a run', () => {
  it('are those of the file that was trained on', async () => {
    const loaded = await trained();
    await expect(checkTrainFile(runFolder(), loaded.run)).resolves.toBeUndefined();
    expect((await runPanelState(runFolder(), access(loaded))).imagesNote).toBeUndefined();
  });

  it('are refused with a sentence once the file is another, though its images have the same size', async () => {
    const loaded = await trained();
    await folder.write('train.csv', 'label,pixel0\n1,3\n');
    await expect(checkTrainFile(runFolder(), loaded.run)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/^train\.csv has changed/),
    });
    expect((await runPanelState(runFolder(), access(loaded))).imagesNote).toMatch(/^train\.csv has changed/);
  });
});

describe('the images of an evaluation', () => {
  const runFolder = (): string => path.join(folder.path, '.digits', 'runs', 'r');

  async function evaluated(): Promise<LoadedRun> {
    const file = await folder.write('labelled.csv', 'label,pixel0\n1,2\n');
    fs.mkdirSync(runFolder(), { recursive: true });
    const about = { fingerprint: await fingerprint(file), epoch: 1, images: 1, right: 0 };
    await writeEvaluation(runFolder(), file, about, {
      rows: Uint32Array.of(1),
      labels: Uint16Array.of(1),
      probabilities: Float32Array.of(0.75, 0.25),
    });
    return { ...(await trained()), evaluations: await listEvaluations(runFolder()) };
  }

  it('are those of the file that was evaluated on, and its mistakes are told', async () => {
    const loaded = await evaluated();
    const [{ id }] = loaded.evaluations as [Evaluation];
    expect(imageFileOf(runFolder(), loaded, id).file).toBe(path.join(folder.path, 'labelled.csv'));
    const view = await evaluationView(runFolder(), id, access(loaded));
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

  it('are refused with a sentence once the file or the evaluation is gone', async () => {
    const loaded = await evaluated();
    const [{ id }] = loaded.evaluations as [Evaluation];
    await folder.write('labelled.csv', 'label,pixel0\n1,3\n');
    expect((await evaluationView(runFolder(), id, access(loaded))).imagesNote).toMatch(
      /^labelled\.csv has changed since this run was evaluated on it/,
    );
    expect(() => imageFileOf(runFolder(), loaded, 'none')).toThrow(/evaluate on the file again/);
  });
});

describe('an evaluation whose file lies elsewhere', () => {
  it.each(['../elsewhere.csv', '../../../etc/passwd', '/etc/passwd', 'more/../../elsewhere.csv'])(
    'shows no images of %s, unless the user named it here',
    async file => {
      allowed = '';
      const runFolder = path.join(folder.path, '.digits', 'runs', 'hostile');
      const about = { fingerprint: 'f', created: '01', epoch: 1, images: 1, right: 0 };
      const target = path.resolve(folder.path, file);
      fs.mkdirSync(runFolder, { recursive: true });
      await writeEvaluation(runFolder, target, about, {
        rows: Uint32Array.of(1),
        labels: Uint16Array.of(1),
        probabilities: Float32Array.of(0.75, 0.25),
      });
      const loaded = { ...(await trained()), evaluations: await listEvaluations(runFolder) };
      const id = loaded.evaluations.find(evaluation => path.resolve(folder.path, evaluation.file) === target)!.id;
      expect(() => imageFileOf(runFolder, loaded, id)).toThrow(
        /lies outside of the data set's folder and was not evaluated on here/,
      );
      expect((await evaluationView(runFolder, id, access(loaded))).imagesNote).toMatch(
        /lies outside of the data set's folder/,
      );
      allowed = target;
      expect((await evaluationView(runFolder, id, access(loaded))).imagesNote).not.toMatch(/lies outside/);
    },
  );
});

describe('the state of a run panel', () => {
  it('offers to cancel only what this window trains', async () => {
    const loaded = await trained();
    expect((await runPanelState(runFolder(), access(loaded, true))).trainsHere).toBe(true);
    expect((await runPanelState(runFolder(), access(loaded, false))).trainsHere).toBe(false);
  });
});
