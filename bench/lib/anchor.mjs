// The anchor: what people take for the best on these digits, Chris Deotte's network in Keras, five of them averaged.
import fs from 'node:fs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { runJson } from './jsonProcess.mjs';
import { kerasPython } from './python.mjs';
import { sum } from './statistics.mjs';

const NETWORKS = 5;
const CLASSES = 10;

/** Trains the networks that `results` does not have yet, each of which it keeps. Resolves with labels as text and seconds in all. */
export async function trainAnchor(folder, results) {
  const seconds = [];
  let totals;
  for (let seed = 1; seed <= NETWORKS; seed++) {
    const key = `anchor network ${seed}`;
    const file = inRoot('bench', 'out', `anchor-${seed}.f32`);
    if (!results.has(key) || !fs.existsSync(file)) {
      const { events } = await runJson(
        await kerasPython(),
        [inRoot('bench', 'peers', 'keras_deotte.py'), folder, String(seed), file],
        { onEvent: event => event.event === 'epoch' && console.log(`${key}, epoch ${event.epoch}: ${event.loss}`) },
      );
      await results.add(key, { seconds: events.at(-1).seconds });
    }
    seconds.push(results.data.parts[key].seconds);
    const bytes = fs.readFileSync(file);
    const probabilities = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    totals = totals ? totals.map((total, i) => total + probabilities[i]) : probabilities;
  }
  const labels = Array.from({ length: totals.length / CLASSES }, (_, i) => {
    const row = totals.subarray(i * CLASSES, (i + 1) * CLASSES);
    return String(row.indexOf(Math.max(...row)));
  });
  return { labels, seconds: sum(seconds) };
}
