// tf.js of an exported folder: TensorFlow.js as the global `tf`, in a browser as in Node, with its WebAssembly backend and,
// for browsers that can't run that, the one in JavaScript.
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm';

const tf = { ...core, ...layers };
export type TensorFlow = typeof tf;

// In a browser tfjs has set its platform. In Node it has not, since the bundle leaves out what loads modules of Node.
if (!('document' in globalThis)) {
  const encoder = new TextEncoder();
  tf.env().setPlatform('exported', {
    fetch: (file, options) => globalThis.fetch(file, options),
    now: () => performance.now(),
    encode: text => encoder.encode(text),
    decode: (bytes, encoding) => new TextDecoder(encoding).decode(bytes),
    setTimeoutCustom: (callback, delay) => void setTimeout(() => callback(), delay),
    isTypedArray: value =>
      value instanceof Float32Array ||
      value instanceof Int32Array ||
      value instanceof Uint8Array ||
      value instanceof Uint8ClampedArray,
  });
}

// The binary comes along, since a page from a disk may read no file. Threads would want a page of a server's.
const binary = `data:application/wasm;base64,${simd}`;
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
setWasmPaths({
  'tfjs-backend-wasm.wasm': binary,
  'tfjs-backend-wasm-simd.wasm': binary,
  'tfjs-backend-wasm-threaded-simd.wasm': binary,
});

Object.assign(globalThis, { tf });
