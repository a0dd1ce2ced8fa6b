import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from '../core/atomicFile';
import { DigitsError } from '../core/errors';
import { sizeOf, type TensorSpec } from '../core/optimizer';
import type { SavedModel } from '../protocol/replica';

/** Weights of a model and where they lie. */
export interface ModelWeights {
  readonly tensors: readonly TensorSpec[];
  readonly weights: Float32Array;
}

/**
 * A model in tfjs layers format as files: model.json and one weights file beside it. The weights come first and under a new
 * name, so that model.json always names a file that is whole.
 */
export function modelFiles(folder: string, epoch: number, topology: unknown, { tensors, weights }: ModelWeights): readonly [weights: FileContent, model: FileContent] {
  const file = `weights-epoch-${epoch}.bin`;
  const manifest = [{ paths: [file], weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }];
  return [
    [path.join(folder, file), new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)],
    [path.join(folder, 'model.json'), JSON.stringify({ modelTopology: topology, format: 'layers-model', generatedBy: 'Digits', convertedBy: null, weightsManifest: manifest })],
  ];
}

/** Removes the weights of other epochs, once {@link modelFiles} are written. */
export async function removeOldWeights(folder: string, epoch: number): Promise<void> {
  const old = (await fs.readdir(folder)).filter(name => name.startsWith('weights-') && name !== `weights-epoch-${epoch}.bin`);
  await Promise.all(old.map(name => fs.rm(path.join(folder, name), { force: true })));
}

/** Reads what {@link modelFiles} made. Throws `read-failed`. */
export async function readModel(folder: string): Promise<SavedModel> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readModelOnce(folder);
    } catch (error) {
      // A training may have put the next epoch's weights in place of those that were just named.
      if (attempt === 5 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadableModel(folder, error);
    }
  }
}

async function readModelOnce(folder: string): Promise<SavedModel> {
  const { modelTopology, weightsManifest } = JSON.parse(await fs.readFile(path.join(folder, 'model.json'), 'utf8')) as { modelTopology: object; weightsManifest: { paths: string[]; weights: object[] }[] };
  const [{ paths, weights: weightSpecs }] = weightsManifest as [(typeof weightsManifest)[number]];
  // The base name only: a model.json must not lead to files elsewhere.
  const data = await fs.readFile(path.join(folder, path.basename(paths[0]!)));
  return { topology: modelTopology, weightSpecs, weights: new Uint8Array(data).buffer };
}

/** A model that is damaged, whether its files or what is in them. */
export function unreadableModel(folder: string, error: unknown): DigitsError {
  return new DigitsError('read-failed', `The model in ${folder} can't be read; train again.`, String(error));
}

/** The weights of several networks in the order of the one model that averages them; its tensors are named as {@link networkPrefix} says. */
export function composeWeights(networks: readonly Float32Array[], single: readonly TensorSpec[], composed: readonly TensorSpec[]): ModelWeights {
  const places = new Map<string, Float32Array>();
  networks.forEach((weights, network) => {
    let from = 0;
    for (const tensor of single) {
      const to = from + sizeOf(tensor);
      places.set(networkPrefix(network, networks.length) + tensor.name, weights.subarray(from, to));
      from = to;
    }
  });
  const all = new Float32Array(composed.reduce((sum, tensor) => sum + sizeOf(tensor), 0));
  let at = 0;
  for (const tensor of composed) {
    all.set(places.get(tensor.name)!, at);
    at += sizeOf(tensor);
  }
  return { tensors: composed, weights: all };
}

/** What the names of a network's layers begin with in a model of several. */
export function networkPrefix(network: number, networks: number): string {
  return networks === 1 ? '' : `network_${network + 1}_`;
}
