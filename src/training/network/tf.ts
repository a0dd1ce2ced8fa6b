/** The parts of TensorFlow.js that Digits uses; the bundle resolves `@tensorflow/tfjs` to this module too. */
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
