import type { ChainLayer } from '../../core/network';
import type { LayerSummary } from '../../core/run/runRecord';
import { networkPrefix } from './modelFile';
import * as tf from './tf';

const names: Readonly<Record<ChainLayer['type'], string>> = {
  crop: 'crop',
  conv: 'conv',
  maxPool: 'max_pool',
  batchNorm: 'batch_norm',
  relu: 'relu',
  dropout: 'dropout',
  flatten: 'flatten',
  dense: 'dense',
  output: 'output',
};

/**
 * Keras' settings but for the momentum: at its default of 0.99, a short training hardly moves the means from where they
 * start.
 */
const batchNorm = { momentum: 0.9, epsilon: 1e-3 };

/**
 * Builds a network of standard tfjs layers: images [n, side, side, 1] to probabilities [n, classes]. `seed` fixes the
 * initial weights.
 */
export function buildModel(layers: readonly ChainLayer[], side: number, seed: number): tf.LayersModel {
  return tf.sequential({ layers: makeLayers(layers, side, seed, '') });
}

/** Builds one model that averages the probabilities [n, classes] of several networks with the same layers. */
export function composeModel(layers: readonly ChainLayer[], side: number, networks: number): tf.LayersModel {
  if (networks === 1) return buildModel(layers, side, 0);
  const input = tf.input({ shape: [side, side, 1], name: 'images' });
  const outputs = Array.from({ length: networks }, (_, network) =>
    makeLayers(layers, side, 0, networkPrefix(network, networks)).reduce(
      (x, layer) => layer.apply(x) as tf.SymbolicTensor,
      input,
    ),
  );
  return tf.model({
    inputs: input,
    outputs: tf.layers.average({ name: 'average' }).apply(outputs) as tf.SymbolicTensor,
  });
}

function makeLayers(layers: readonly ChainLayer[], side: number, seed: number, prefix: string): tf.layers.Layer[] {
  const numbers = new Map<string, number>();
  return layers.map((spec, i) => {
    const number = (numbers.get(spec.type) ?? 0) + 1;
    numbers.set(spec.type, number);
    const name = prefix + (spec.type === 'output' ? names.output : `${names[spec.type]}_${number}`);
    // Keras' default initializer, with a random stream per layer.
    const kernelInitializer = tf.initializers.glorotUniform({ seed: seed * 1000 + i });
    return makeLayer(spec, { name, ...(i === 0 && { inputShape: [side, side, 1] }) }, kernelInitializer);
  });
}

function makeLayer(
  spec: ChainLayer,
  options: { readonly name: string; readonly inputShape?: number[] },
  kernelInitializer: ReturnType<typeof tf.initializers.glorotUniform>,
): tf.layers.Layer {
  switch (spec.type) {
    case 'crop':
      return tf.layers.cropping2D({ ...options, cropping: spec.pixels });
    case 'conv': {
      const active = spec.activation === 'relu';
      return tf.layers.conv2d({
        ...options,
        filters: spec.filters,
        kernelSize: spec.size,
        padding: spec.padding,
        useBias: active,
        activation: active ? 'relu' : 'linear',
        kernelInitializer,
      });
    }
    case 'maxPool':
      return tf.layers.maxPooling2d({ ...options, poolSize: 2 });
    case 'batchNorm':
      return tf.layers.batchNormalization({ ...options, ...batchNorm });
    case 'relu':
      return tf.layers.reLU(options);
    case 'dropout':
      return tf.layers.dropout({ ...options, rate: spec.rate });
    case 'flatten':
      return tf.layers.flatten(options);
    case 'dense':
      return tf.layers.dense({
        ...options,
        units: spec.units,
        activation: spec.activation === 'relu' ? 'relu' : 'linear',
        kernelInitializer,
      });
    case 'output':
      return tf.layers.dense({ ...options, units: spec.classes, activation: 'softmax', kernelInitializer });
  }
}

/** The constants of batch normalisation in these models. */
export const { momentum: batchNormMomentum, epsilon: batchNormEpsilon } = batchNorm;

/**
 * The model without its last layer: images [n, side, side, 1] to features [n, features]. Of a model that averages
 * networks, the first network without its last layer. Shares its layers with `model`.
 */
export function featureModel(model: tf.LayersModel): tf.LayersModel {
  const last = model.layers.at(-1)!;
  const inputs = last.input;
  const output = Array.isArray(inputs) ? inputs[0]!.sourceLayer : last;
  return tf.model({ inputs: model.inputs, outputs: output.input });
}

/** The model summary, one line per layer. Output shapes have no batch: [h, w, c], or [features]. */
export function summarise(model: tf.LayersModel): LayerSummary[] {
  return model.layers.map(layer => ({
    name: layer.name,
    type: layer.getClassName(),
    outputShape: (layer.outputShape as (number | null)[]).slice(1).map(size => size ?? 0),
    parameters: layer.countParams(),
  }));
}
