import type { LayerSummary } from '../../core/run/runRecord';
import type { LayerSpec } from '../../core/presets';
import * as tf from '../tf';

const layerNames: Readonly<Record<LayerSpec['type'], string>> = { conv: 'conv', maxPool: 'max_pool', dropout: 'dropout', flatten: 'flatten', dense: 'dense' };

/** Builds a network of standard tfjs layers: side x side x 1 in, one probability a class out. The seed fixes the first weights. */
export function buildModel(network: readonly LayerSpec[], side: number, classes: number, seed: number): tf.LayersModel {
  const model = tf.sequential();
  const numbers = new Map<string, number>();
  [...network, 'output' as const].forEach((spec, i) => {
    const input = i === 0 ? { inputShape: [side, side, 1] } : {};
    const type = spec === 'output' ? spec : layerNames[spec.type];
    numbers.set(type, (numbers.get(type) ?? 0) + 1);
    const name = spec === 'output' ? type : `${type}_${numbers.get(type)}`;
    // Keras' default, one stream a layer.
    const kernelInitializer = tf.initializers.glorotUniform({ seed: seed * 1000 + i });
    if (spec === 'output') {
      model.add(tf.layers.dense({ name, units: classes, activation: 'softmax', kernelInitializer }));
      return;
    }
    switch (spec.type) {
      case 'conv':
        model.add(tf.layers.conv2d({ ...input, name, filters: spec.filters, kernelSize: spec.size, padding: 'same', activation: 'relu', kernelInitializer }));
        return;
      case 'maxPool':
        model.add(tf.layers.maxPooling2d({ name, poolSize: 2 }));
        return;
      case 'dropout':
        model.add(tf.layers.dropout({ name, rate: spec.rate }));
        return;
      case 'flatten':
        model.add(tf.layers.flatten({ name }));
        return;
      case 'dense':
        model.add(tf.layers.dense({ name, units: spec.units, activation: 'relu', kernelInitializer }));
        return;
    }
  });
  return model;
}

/** The model summary, a line a layer. */
export function summarise(model: tf.LayersModel): LayerSummary[] {
  return model.layers.map(layer => ({
    name: layer.name,
    type: layer.getClassName(),
    outputShape: (layer.outputShape as (number | null)[]).slice(1).map(size => size ?? 0),
    parameters: layer.countParams(),
  }));
}
