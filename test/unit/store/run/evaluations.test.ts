import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  evaluatedFile,
  evaluationId,
  listEvaluations,
  readEvaluation,
  writeEvaluation,
} from '../../../../src/store/run/evaluations';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const runFolder = (id: string): string => path.join(folder.path, 'data', '.digits', 'runs', id);
const dataFile = (name: string): string => path.join(folder.path, 'data', name);
const predictions = {
  rows: Uint32Array.of(1, 2, 7),
  labels: Uint16Array.of(0, 1, 1),
  probabilities: Float32Array.of(0.75, 0.25, 0.25, 0.75, 0.5, 0.5),
};
const about = { fingerprint: 'f', epoch: 3, images: 3, right: 2 };
beforeEach(() => void ['a', 'b', 'c'].map(id => fs.mkdirSync(runFolder(id), { recursive: true })));
afterEach(() => void vi.useRealTimers());

describe('an evaluation', () => {
  it('is kept with the run and comes back as it was', async () => {
    const written = await writeEvaluation(runFolder('a'), dataFile('more/labelled.csv'), about, predictions);
    expect(written).toMatchObject({ file: 'more/labelled.csv', epoch: 3, images: 3, right: 2 });
    expect(evaluatedFile(runFolder('a'), written)).toBe(dataFile('more/labelled.csv'));
    expect(await listEvaluations(runFolder('a'))).toEqual([written]);
    expect(await readEvaluation(runFolder('a'), written.id)).toEqual({ evaluation: written, predictions });
  });

  it('takes the place of an earlier one of the same file, and stands beside one of another with the same name', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    // The clock is set back meanwhile.
    for (const [file, clock] of [
      ['x/test.csv', '2026-11-22'],
      ['y/test.csv', '2026-11-21'],
      ['x/test.csv', '2026-11-20'],
    ] as const) {
      vi.setSystemTime(clock);
      await writeEvaluation(runFolder('b'), dataFile(file), about, predictions);
    }
    expect((await listEvaluations(runFolder('b'))).map(({ file, created }) => [file, created])).toEqual([
      ['x/test.csv', '2026-11-22T00:00:00.002Z'],
      ['y/test.csv', '2026-11-22T00:00:00.001Z'],
    ]);
    expect(evaluationId(runFolder('b'), dataFile('x/test.csv'))).not.toBe(
      evaluationId(runFolder('b'), dataFile('y/test.csv')),
    );
  });

  it('that is damaged is left out of the list, and refused by name', async () => {
    const { id } = await writeEvaluation(runFolder('c'), dataFile('labelled.csv'), about, predictions);
    const file = path.join(runFolder('c'), 'evaluations', `${id}.safetensors`);
    const whole = fs.readFileSync(file);
    fs.writeFileSync(file, whole.subarray(0, whole.length - 1));
    await expect(readEvaluation(runFolder('c'), id)).rejects.toMatchObject({
      code: 'read-failed',
      message: expect.stringContaining('evaluate again'),
    });
    fs.writeFileSync(file, whole.subarray(0, 40));
    expect(await listEvaluations(runFolder('c'))).toEqual([]);
  });

  it('is looked for in its run alone', async () => {
    await folder.write('elsewhere.safetensors', 'x');
    await expect(readEvaluation(runFolder('a'), '../../../../../elsewhere')).rejects.toMatchObject({
      code: 'read-failed',
      message: expect.stringContaining(path.join('evaluations', 'elsewhere')),
    });
  });
});
