import fs from 'node:fs';
import type promises from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { removeOldWeights, modelFiles, readModel } from '../../../../src/training/network/modelFile';
import { writeRunFiles } from '../../../../src/store/run/runFiles';
import { createRunFolder } from '../../../../src/store/run/runFolder';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const reader = vi.hoisted(() => ({ opened: undefined as ((file: string) => Promise<void>) | undefined }));

vi.mock('node:fs/promises', async load => {
  const real = await load<typeof promises>();
  const open: typeof real.open = async (file, flags, mode) => {
    const handle = await real.open(file, flags, mode);
    await reader.opened?.(String(file));
    return handle;
  };
  return { ...real, open, default: { ...real, open } };
});

const fit = { side: 8, classes: 2 };

/** Writes the network of an epoch, whose weights are all the number of the epoch, over an older one. */
async function write(runFolder: string, epoch: number): Promise<void> {
  const layers = [
    { class_name: 'Flatten', config: { batch_input_shape: [null, 8, 8, 1] } },
    { class_name: 'Dense', config: { units: 2 } },
  ];
  const tensors = [
    { name: 'kernel', shape: [64, 2], trained: true },
    { name: 'bias', shape: [2], trained: true },
  ];
  await writeRunFiles(
    runFolder,
    modelFiles(
      runFolder,
      epoch,
      { class_name: 'Sequential', config: { name: `epoch-${epoch}`, layers } },
      { tensors, weights: new Float32Array(130).fill(epoch) },
    ),
  );
  await removeOldWeights(runFolder);
}

describe('a model', () => {
  it('is read whole, of one epoch, where a training puts the next one in its place meanwhile', async () => {
    const runFolder = await createRunFolder(folder.path, 'replaced');
    await write(runFolder, 1);
    const opened: string[] = [];
    let writing = false;
    reader.opened = async file => {
      if (writing || !file.endsWith('model.json')) return;
      opened.push(file);
      if (opened.length > 1) return;
      writing = true;
      await write(runFolder, 2);
      writing = false;
    };
    const { topology, weights } = await readModel(runFolder, fit).finally(() => (reader.opened = undefined));
    expect(opened).toHaveLength(2);
    expect(topology).toMatchObject({ config: { name: 'epoch-2' } });
    expect(new Float32Array(weights).every(value => value === 2)).toBe(true);
    expect(fs.readdirSync(path.join(runFolder, 'model')).sort()).toEqual(['model.json', 'weights-epoch-2.bin']);
  });

  it('that names weights which are not there is refused', async () => {
    const runFolder = await createRunFolder(folder.path, 'damaged');
    await write(runFolder, 1);
    const model = path.join(runFolder, 'model');
    fs.rmSync(path.join(model, 'weights-epoch-1.bin'));
    await expect(readModel(runFolder, fit)).rejects.toMatchObject({
      code: 'read-failed',
      message: `The model in ${model} can't be read; train again.`,
    });
  });

  it('larger than any of ours is refused before it is read', async () => {
    const runFolder = await createRunFolder(folder.path, 'large');
    await write(runFolder, 1);
    // Sparse: it takes no room.
    for (const [name, bytes] of [
      ['weights-epoch-1.bin', 2 ** 30 + 4],
      ['model.json', 2 ** 24 + 1],
    ] as const) {
      fs.truncateSync(path.join(runFolder, 'model', name), bytes);
      await expect(readModel(runFolder, fit)).rejects.toMatchObject({ detail: `${bytes} bytes` });
    }
  });

  it.each(['../weights-epoch-1.bin', 'other.bin', 'weights-epoch-x.bin'])(
    'that names its weights %s is refused, and nothing outside of its folder is opened',
    async name => {
      const runFolder = await createRunFolder(folder.path, `named-${name.length}`);
      await write(runFolder, 1);
      const model = path.join(runFolder, 'model', 'model.json');
      const weights = path.join(runFolder, 'model', name);
      fs.renameSync(path.join(runFolder, 'model', 'weights-epoch-1.bin'), weights);
      fs.writeFileSync(model, fs.readFileSync(model, 'utf8').replace('weights-epoch-1.bin', name));
      const opened: string[] = [];
      reader.opened = async file => void opened.push(path.dirname(file));
      await expect(readModel(runFolder, fit).finally(() => (reader.opened = undefined))).rejects.toMatchObject({
        code: 'read-failed',
        detail: expect.stringContaining('malformed name of its weights'),
      });
      expect(new Set(opened)).toEqual(new Set([path.dirname(model)]));
    },
  );
});
