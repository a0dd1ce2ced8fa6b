import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFilesAtomic } from '../../src/core/atomicFile';
import { modelFiles, readModel, removeOldWeights } from '../../src/training/modelFile';
import { temporaryFolder } from './support/temporaryFolder';

const folder = temporaryFolder();

describe('a model', () => {
  it('is read whole, of one epoch, while a training puts one epoch\'s in place of another\'s', async () => {
    const model = path.join(folder.path, 'model');
    fs.mkdirSync(model);
    const write = async (epoch: number): Promise<void> => {
      const tensors = [{ name: 'kernel', shape: [1000], trained: true }];
      await writeFilesAtomic(modelFiles(model, epoch, { epoch }, { tensors, weights: new Float32Array(1000).fill(epoch) }));
      await removeOldWeights(model, epoch);
    };
    await write(1);
    let writing = true;
    const writer = (async () => {
      for (let epoch = 2; epoch <= 150; epoch++) await write(epoch);
      writing = false;
    })();
    let read = 0;
    while (writing) {
      const { topology, weights } = await readModel(model);
      const { epoch } = topology as { epoch: number };
      expect(new Float32Array(weights).every(value => value === epoch)).toBe(true);
      read++;
    }
    await writer;
    expect(read).toBeGreaterThan(10);
    expect(fs.readdirSync(model).sort()).toEqual(['model.json', 'weights-epoch-150.bin']);
  });
});
