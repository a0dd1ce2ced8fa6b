import { requireFinite } from '../core/finite';
import type { ExportedModel } from './exportedModel';
import type { TensorFlow } from './tf';

// What tf.js and model.js define.
declare const tf: TensorFlow;
declare const digitsModel: ExportedModel;

/** The exported network, ready to be asked. */
export interface Network {
  readonly model: ExportedModel;
  /** Probabilities, images x classes, of images in one array: side*side numbers each, 0 for paper to 1 for ink. Throws `diverged` where they are not finite. */
  predict(images: Float32Array): Promise<Float32Array>;
}

/** Loads the network of this folder, once tf.js and model.js have run. */
export async function loadNetwork(): Promise<Network> {
  if (!(await tf.setBackend('wasm').catch(() => false))) await tf.setBackend('cpu');
  const weightData = bytesOf(digitsModel.weights).buffer;
  const network = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: digitsModel.modelTopology,
      weightSpecs: [...digitsModel.weightSpecs] as Parameters<TensorFlow['io']['decodeWeights']>[1],
      weightData,
    }),
  );
  const { side } = digitsModel.info;
  return {
    model: digitsModel,
    predict: async images => {
      const output = tf.tidy(() => {
        const input = tf.tensor4d(images, [images.length / side ** 2, side, side, 1]);
        const result = network.predictOnBatch(input);
        return Array.isArray(result) ? result[0]! : result;
      });
      const probabilities = (await output.data()) as Float32Array;
      output.dispose();
      requireFinite(probabilities, 'of this network');
      return probabilities;
    },
  };
}

/** The bytes of a base64 text. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
