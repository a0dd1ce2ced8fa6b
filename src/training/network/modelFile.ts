import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from '../../store/atomicFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { sizeOf, type TensorSpec } from '../../core/optimizer';
import { readRunFile } from '../../store/run/runFiles';
import { isFileName } from '../../core/run/runId';
import type { SavedModel } from '../../protocol/worker';
import { checkModel, type NetworkFit } from './checkModel';

/** The subfolder of a run folder that holds the model. */
const modelFolder = 'model';
/** Larger than any file that Digits writes. */
const mostJsonBytes = 1 << 24;
const mostWeightBytes = 1 << 30;

/** The weights of a model, concatenated, and the tensors that they are. */
export interface ModelWeights {
  readonly tensors: readonly TensorSpec[];
  readonly weights: Float32Array;
}

/**
 * A model in tfjs layers format, as files to write: model.json and one weights file beside it. The weights come first
 * and under a new name, so that model.json always names a complete file.
 */
export function modelFiles(
  runFolder: string,
  epoch: number,
  topology: unknown,
  { tensors, weights }: ModelWeights,
): readonly [weights: FileContent, model: FileContent] {
  const folder = path.join(runFolder, modelFolder);
  const file = weightsName(epoch);
  const manifest = [{ paths: [file], weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }];
  return [
    [path.join(folder, file), new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)],
    [
      path.join(folder, 'model.json'),
      JSON.stringify({
        modelTopology: topology,
        format: 'layers-model',
        generatedBy: 'Digits',
        convertedBy: null,
        weightsManifest: manifest,
      }),
    ],
  ];
}

/** Removes the weights files that model.json does not name. Called after {@link modelFiles} are written. */
export async function removeOldWeights(runFolder: string): Promise<void> {
  const { file } = await readManifest(runFolder);
  const folder = path.join(runFolder, modelFolder);
  const old = (await fs.readdir(folder)).filter(name => name.startsWith('weights-') && name !== file);
  await Promise.all(old.map(name => fs.rm(path.join(folder, name), { force: true })));
}

/** The model of a run, and the epoch of its weights. */
export interface RunModel extends SavedModel {
  readonly epoch: number;
}

/**
 * Reads a model that {@link modelFiles} made. Throws `read-failed` where it is damaged or does not fit, and `diverged`
 * where its weights are not finite.
 */
export async function readModel(runFolder: string, fit: NetworkFit): Promise<RunModel> {
  try {
    for (let attempt = 1; ; attempt++) {
      const { topology, file, weightSpecs } = await readManifest(runFolder);
      const data = await readRunFile(runFolder, path.join(modelFolder, file), mostWeightBytes);
      if (data) {
        const model = { topology, weightSpecs, weights: new Uint8Array(data).buffer };
        checkModel(model, fit);
        return { ...model, epoch: epochOf(file) };
      }
      // A training may have replaced these weights by those of the next epoch.
      if (attempt === 5) throw new Error(`there is no ${file}`);
    }
  } catch (error) {
    throw unreadableModel(runFolder, error);
  }
}

/** Reads model.json. Checks only the name of the weights file. */
async function readManifest(
  runFolder: string,
): Promise<{ readonly topology: object; readonly file: string; readonly weightSpecs: object[] }> {
  const text = await readRunFile(runFolder, path.join(modelFolder, 'model.json'), mostJsonBytes);
  const { modelTopology, weightsManifest } = JSON.parse(String(text ?? 'null')) as {
    modelTopology: object;
    weightsManifest: { paths: unknown[]; weights: object[] }[];
  };
  const [
    {
      paths: [file],
      weights,
    },
  ] = weightsManifest as [(typeof weightsManifest)[number]];
  if (!isFileName(file)) throw new Error('malformed name of its weights');
  return { topology: modelTopology, file, weightSpecs: weights };
}

/** Each epoch has its own file name, so that an older model.json still names a complete file. */
function weightsName(epoch: number): string {
  return `weights-epoch-${epoch}.bin`;
}

/** The inverse of {@link weightsName}. Throws for any other name. */
function epochOf(file: string): number {
  const [, digits] = /^weights-epoch-(\d{1,9})\.bin$/.exec(file) ?? [];
  if (digits === undefined) throw new Error('malformed name of its weights');
  return Number(digits);
}

/** The error for a damaged model; `read-failed` and `diverged` pass through. */
export function unreadableModel(runFolder: string, error: unknown): DigitsError {
  if (error instanceof DigitsError && ['read-failed', 'diverged'].includes(error.code)) return error;
  return new DigitsError(
    'read-failed',
    sentence`The model in ${path.join(runFolder, modelFolder)} can't be read; train again.`,
    String(error),
  );
}

/**
 * Reorders the weights of several networks for the model that averages them. `single` are the tensors of one network,
 * `composed` those of the averaging model, whose names begin with {@link networkPrefix}.
 */
export function composeWeights(
  networks: readonly Float32Array[],
  single: readonly TensorSpec[],
  composed: readonly TensorSpec[],
): ModelWeights {
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

/** The prefix of a network's layer names in a model of several networks. */
export function networkPrefix(network: number, networks: number): string {
  return networks === 1 ? '' : `network_${network + 1}_`;
}
