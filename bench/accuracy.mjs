// npm run accuracy [-- PRESET…]: trains presets with three seeds each on the sample's train.csv and scores their submissions
// against the 28,000 answers, which no training sees. Times are given in epochs of the notebook preset, measured in the same run.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from '../scripts/lib/build.mjs';
import { ensureEngine } from '../scripts/lib/engine.mjs';
import { inRoot } from '../scripts/lib/paths.mjs';
import { ensureSample } from '../scripts/lib/sampleData.mjs';
import { main, step } from '../scripts/lib/step.mjs';

const seeds = [1, 2, 3];
const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = share => `${(share * 100).toFixed(2)} %`;

/** Runs the command line and returns the last object that it prints. */
function digits(...args) {
  const output = execFileSync(process.execPath, [inRoot('dist', 'cli.js'), ...args, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(output.trimEnd().split('\n').at(-1));
}

await main(async () => {
  const presets = process.argv.slice(2);
  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  await step('build', () => build());
  const answers = fs.readFileSync(inRoot('bench', 'answers.csv'), 'utf8').trimEnd().split('\n').slice(1);
  // Not in sample/: a user's runs stay as they are.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-accuracy-'));
  try {
    for (const file of ['train.csv', 'test.csv']) fs.copyFileSync(inRoot('sample', file), path.join(folder, file));
    const notebookEpoch = digits('train', folder, '--preset', 'notebook', '--epochs', '1').seconds;
    for (const preset of presets.length > 0 ? presets : ['quick', 'balanced']) {
      const results = seeds.map(seed => {
        const { run, seconds } = digits('train', folder, '--preset', preset, '--seed', String(seed));
        const { file } = digits('submit', folder, '--run', run);
        const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
        return { accuracy: answers.filter((answer, i) => answer === lines[i]).length / answers.length, epochs: seconds / notebookEpoch };
      });
      const accuracies = results.map(({ accuracy }) => accuracy);
      const range = `${percent(Math.min(...accuracies))} to ${percent(Math.max(...accuracies))}`;
      console.log(`${preset}: ${percent(mean(accuracies))} of 28,000 right (${range}, ${seeds.length} seeds), in ${mean(results.map(({ epochs }) => epochs)).toFixed(2)} epochs of the notebook`);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
