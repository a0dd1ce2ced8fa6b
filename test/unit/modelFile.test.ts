import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFilesAtomic } from '../../src/core/atomicFile';
import { modelFiles, readModel, removeOldWeights } from '../../src/training/modelFile';
import { temporaryFolder } from './support/temporaryFolder';

const folder = temporaryFolder();

describe('a model', () => {
  it.skipIf(process.platform === 'win32')('is read whole, of one epoch, where a training puts the next one in its place meanwhile', async () => {
    const model = path.join(folder.path, 'model');
    fs.mkdirSync(model);
    const write = async (epoch: number): Promise<void> => {
      const tensors = [{ name: 'kernel', shape: [1000], trained: true }];
      await writeFilesAtomic(modelFiles(model, epoch, { epoch }, { tensors, weights: new Float32Array(1000).fill(epoch) }));
      await removeOldWeights(model, epoch);
    };
    await write(1);
    // Whoever reads this model.json waits in the middle of it.
    const file = path.join(model, 'model.json');
    const old = fs.readFileSync(file);
    fs.rmSync(file);
    execFileSync('mkfifo', [file]);
    const reading = readModel(model);
    const pipe = fs.openSync(file, 'w');
    fs.rmSync(file);
    await write(2);
    fs.writeSync(pipe, old);
    fs.closeSync(pipe);

    const { topology, weights } = await reading;
    expect(topology).toEqual({ epoch: 2 });
    expect(new Float32Array(weights).every(value => value === 2)).toBe(true);
    expect(fs.readdirSync(model).sort()).toEqual(['model.json', 'weights-epoch-2.bin']);
  });

  it('that names weights which are not there is refused', async () => {
    const model = path.join(folder.path, 'damaged');
    fs.mkdirSync(model);
    await writeFilesAtomic(modelFiles(model, 1, {}, { tensors: [], weights: new Float32Array(1) }));
    fs.rmSync(path.join(model, 'weights-epoch-1.bin'));
    await expect(readModel(model)).rejects.toMatchObject({ code: 'read-failed', message: `The model in ${model} can't be read; train again.` });
  });
});
