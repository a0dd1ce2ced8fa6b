// A program that knows nothing of Digits: loads the model.json in the folder it is given in plain tfjs with its JavaScript
// backend, and prints the probabilities of the images that it reads from standard input as JSON.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// As CommonJS: in Node its modules can't be imported by name.
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs-core');
const { loadLayersModel } = require('@tensorflow/tfjs-layers');
require('@tensorflow/tfjs-backend-cpu');

const [folder] = process.argv.slice(2);
const { modelTopology, weightsManifest } = JSON.parse(fs.readFileSync(path.join(folder, 'model.json'), 'utf8'));
const [{ paths, weights }] = weightsManifest;
const weightData = Uint8Array.from(fs.readFileSync(path.join(folder, paths[0]))).buffer;
const model = await loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weights, weightData }));
const images = JSON.parse(fs.readFileSync(0, 'utf8'));
const { side, fullInk } = JSON.parse(fs.readFileSync(path.join(folder, 'digits.json'), 'utf8'));
const input = tf.div(tf.tensor4d(images.flat(), [images.length, side, side, 1]), fullInk);
process.stdout.write(JSON.stringify(model.predict(input).arraySync()));
