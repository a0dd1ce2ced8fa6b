import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluatedFile, evaluationId, listEvaluations, readEvaluation, writeEvaluation } from '../../src/core/run/evaluations';
import { temporaryFolder } from './support/temporaryFolder';

const folder = temporaryFolder();
const runFolder = (id: string): string => path.join(folder.path, 'data', '.digits', 'runs', id);
const dataFile = (name: string): string => path.join(folder.path, 'data', name);
const predictions = { rows: Uint32Array.of(1, 2, 7), labels: Uint16Array.of(0, 1, 1), probabilities: Float32Array.of(0.75, 0.25, 0.25, 0.75, 0.5, 0.5) };
const about = (created: string) => ({ fingerprint: 'f', created, epoch: 3, images: 3, right: 2 });

describe('an evaluation', () => {
  it('is kept with the run and comes back as it was', async () => {
    const written = await writeEvaluation(runFolder('a'), dataFile('more/labelled.csv'), about('2026-11-22T10:00:00.000Z'), predictions);
    expect(written).toMatchObject({ file: 'more/labelled.csv', epoch: 3, images: 3, right: 2 });
    expect(evaluatedFile(runFolder('a'), written)).toBe(dataFile('more/labelled.csv'));
    expect(await listEvaluations(runFolder('a'))).toEqual([written]);
    expect(await readEvaluation(runFolder('a'), written.id)).toEqual({ evaluation: written, predictions });
  });

  it('takes the place of an earlier one of the same file, and stands beside one of another with the same name', async () => {
    for (const [file, created] of [['x/test.csv', '01'], ['y/test.csv', '02'], ['x/test.csv', '03']] as const) await writeEvaluation(runFolder('b'), dataFile(file), about(created), predictions);
    expect((await listEvaluations(runFolder('b'))).map(({ file, created }) => [file, created])).toEqual([['x/test.csv', '03'], ['y/test.csv', '02']]);
    expect(evaluationId(runFolder('b'), dataFile('x/test.csv'))).not.toBe(evaluationId(runFolder('b'), dataFile('y/test.csv')));
  });

  it('that is damaged is left out of the list, and refused by name', async () => {
    const { id } = await writeEvaluation(runFolder('c'), dataFile('labelled.csv'), about('01'), predictions);
    const file = path.join(runFolder('c'), 'evaluations', `${id}.safetensors`);
    const whole = fs.readFileSync(file);
    fs.writeFileSync(file, whole.subarray(0, whole.length - 1));
    await expect(readEvaluation(runFolder('c'), id)).rejects.toMatchObject({ code: 'read-failed', message: expect.stringContaining('evaluate again') });
    fs.writeFileSync(file, whole.subarray(0, 40));
    expect(await listEvaluations(runFolder('c'))).toEqual([]);
  });

  it('is looked for in its run alone', async () => {
    await folder.write('elsewhere.safetensors', 'x');
    await expect(readEvaluation(runFolder('a'), '../../../../../elsewhere')).rejects.toMatchObject({ code: 'read-failed', message: expect.stringContaining(path.join('evaluations', 'elsewhere')) });
  });
});
