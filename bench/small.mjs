// npm run bench:small [-- SPLITS]: what the presets make of few rows, beside scikit-learn's k-NN and SVC on the same rows;
// prints a table and writes it to bench/small.md. Goes on where it was interrupted. Takes about 15 minutes a split.
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from '../scripts/lib/build.mjs';
import { ensureEngine } from '../scripts/lib/engine.mjs';
import { inRoot } from '../scripts/lib/paths.mjs';
import { ensureSample } from '../scripts/lib/sampleData.mjs';
import { main, Problem, step } from '../scripts/lib/step.mjs';
import { evaluate, train } from './lib/digits.mjs';
import { runJson } from './lib/jsonProcess.mjs';
import { identify } from './lib/machine.mjs';
import { ensurePython, pythonFor } from './lib/python.mjs';
import { openResults } from './lib/results.mjs';
import { mean } from './lib/statistics.mjs';
import { table } from './lib/table.mjs';

const presets = ['quick', 'balanced', 'notebook', 'best'];
const neighbours = ['knn1', 'knn3', 'knn5'];
const requirements = inRoot('bench', 'requirements-small.txt');

await main(async () => {
  const splits = Number(process.argv[2] ?? 3);
  if (!Number.isInteger(splits) || splits < 1)
    throw new Problem('npm run bench:small takes a number of splits, as in: npm run bench:small -- 5');
  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  await step('scikit-learn in an environment of its own', () => ensurePython(requirements));
  await step('build', () => build());

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-small-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const { events: sets } = await runJson(await pythonFor(requirements), [
    inRoot('bench', 'peers', 'scikit_small.py'),
    inRoot('sample', 'train.csv'),
    folder,
    String(splits),
  ]);

  const results = await openResults(inRoot('bench', 'out', 'small.json'), identify());
  // Split by split: an interrupted run has a whole table of fewer splits.
  const wanted = Array.from({ length: splits }, (_, split) =>
    presets.flatMap(preset => sets.filter(set => set.split === split + 1).map(set => ({ preset, ...set }))),
  ).flat();
  for (const { preset, set, rows, split, folder: data } of wanted) {
    const key = `${preset} ${set} ${rows} ${split}`;
    if (results.has(key)) continue;
    const { run, seconds } = await train(data, { preset, seed: split });
    const accuracy = await evaluate(data, run, path.join(data, 'held.csv'));
    await results.add(key, { accuracy, seconds });
    console.log(`${key}: ${(accuracy * 100).toFixed(2)} %`);
    await writeTable(sets, results.data.parts);
  }
  await results.finish([]);
  console.log(await writeTable(sets, results.data.parts));
});

/** A row a data set: the mean over the splits, and the lowest and the highest of them. */
async function writeTable(sets, parts) {
  const groups = new Map();
  for (const set of sets) {
    const name = `${set.set}, ${set.rows.toLocaleString('en-US')} rows`;
    groups.set(name, [...(groups.get(name) ?? []), set]);
  }
  const rows = [...groups].map(([name, group]) => {
    const best = neighbours.map(k => group.map(set => set[k])).reduce((a, b) => (mean(b) > mean(a) ? b : a));
    const ofPreset = preset =>
      group.flatMap(({ set, rows, split }) => parts[`${preset} ${set} ${rows} ${split}`]?.accuracy ?? []);
    return [name, best, group.map(({ svc }) => svc), ...presets.map(ofPreset)].map((cell, i) =>
      i === 0 ? cell : words(cell),
    );
  });
  const text = table(['data', 'k-NN', 'SVC', ...presets], rows);
  await fsPromises.writeFile(
    inRoot('bench', 'small.md'),
    `# Few rows\n\nAccuracy in per cent on images that no training sees: the mean over the splits (how many, in brackets) and the lowest to\nthe highest. \`npm run bench:small\` makes this table; \`bench/peers/scikit_small.py\` says how rows are split. k-NN is the best\nof k = 1, 3 and 5 by its mean; SVC has C = 10. Both learn from all rows; the presets set some aside for validation.\n\n${text}\n`,
  );
  return text;
}

function words(accuracies) {
  if (accuracies.length === 0) return undefined;
  const percent = share => (share * 100).toFixed(1);
  return `${percent(mean(accuracies))} (${accuracies.length}: ${percent(Math.min(...accuracies))} to ${percent(Math.max(...accuracies))})`;
}
