/** TensorFlow.js as far as Digits uses it; the bundle takes this for `@tensorflow/tfjs` too. */
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
