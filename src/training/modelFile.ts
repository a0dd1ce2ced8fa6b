import fs from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../core/atomicFile';
import { DigitsError, fileError } from '../core/errors';
import * as tf from './tf';

/**
 * Writes a model in tfjs layers format: model.json and one weights file beside it. The weights come first and under a new
 * name, so that model.json always names a file that is whole.
 */
export async function saveModel(model: tf.LayersModel, folder: string, epoch: number): Promise<void> {
  await fs.mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError('write', folder, error);
  });
  await model.save(
    tf.io.withSaveHandler(async artifacts => {
      const weights = `weights-epoch-${epoch}.bin`;
      const data = tf.io.CompositeArrayBuffer.join(artifacts.weightData);
      await writeFileAtomic(path.join(folder, weights), new Uint8Array(data));
      const { modelTopology, format, generatedBy, convertedBy = null } = artifacts;
      const weightsManifest = [{ paths: [weights], weights: artifacts.weightSpecs }];
      await writeFileAtomic(path.join(folder, 'model.json'), JSON.stringify({ modelTopology, format, generatedBy, convertedBy, weightsManifest }));
      const old = (await fs.readdir(folder)).filter(name => name.startsWith('weights-') && name !== weights);
      await Promise.all(old.map(name => fs.rm(path.join(folder, name), { force: true })));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

/** Reads what {@link saveModel} wrote. */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const file = path.join(folder, 'model.json');
  try {
    const { modelTopology, weightsManifest } = JSON.parse(await fs.readFile(file, 'utf8')) as tf.io.ModelJSON;
    const [{ paths, weights }] = weightsManifest as [tf.io.WeightsManifestConfig[number]];
    // The base name only: a model.json must not lead to files elsewhere.
    const data = await fs.readFile(path.join(folder, path.basename(paths[0]!)));
    const weightData = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weights, weightData }));
  } catch (error) {
    throw new DigitsError('read-failed', `The model in ${folder} can't be read; train again.`, String(error));
  }
}
